INSERT INTO notice (id, kind, facility_id, organization_name, name, email, text, created_at, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open')
