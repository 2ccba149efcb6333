INSERT INTO session (id, key_hash, account_id, data, created_at, seen_at)
VALUES ($1, $2, $3, $4, $5, $5)
