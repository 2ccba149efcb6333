INSERT INTO api_token (id, token_hash, organization_id, facility_id, name, created_by, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
