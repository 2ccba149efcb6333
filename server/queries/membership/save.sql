INSERT INTO membership (account_id, organization_id, role)
VALUES ($1, $2, $3)
ON CONFLICT (account_id, organization_id) DO UPDATE SET role = excluded.role
