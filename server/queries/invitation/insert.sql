INSERT INTO invitation (
    id, token_hash, email, county_role, organization_id, organization_role, invited_by, created_at,
    expires_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
