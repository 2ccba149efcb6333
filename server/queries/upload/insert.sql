INSERT INTO upload (id, facility_id, kind, name, content, small, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
