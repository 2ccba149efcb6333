INSERT INTO report_link (
    id, token_hash, organization_id, account_id, label, created_at, expires_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7)
