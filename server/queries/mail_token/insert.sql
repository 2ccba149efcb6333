INSERT INTO mail_token (token_hash, account_id, credentials, new_email, expires_at)
VALUES ($1, $2, $3, $4, $5)
