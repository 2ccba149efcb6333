INSERT INTO account (id, email, name, password_hash, county_role, credentials, created_at)
VALUES ($1, $2, $3, $4, $5, 0, $6)
