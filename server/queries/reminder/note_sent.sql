INSERT INTO reminder (account_id, day, token_hash)
SELECT id, $2, $3 FROM account WHERE email = $1
ON CONFLICT DO NOTHING
