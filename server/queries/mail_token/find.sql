SELECT account_id, credentials, new_email
FROM mail_token
WHERE token_hash = $1 AND expires_at > $2
