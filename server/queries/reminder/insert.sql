INSERT INTO reminder (account_id, day, token_hash) VALUES ($1, $2, $3)
ON CONFLICT (account_id, day) DO NOTHING
