DELETE FROM mail_token
WHERE token_hash = $1 AND expires_at > $2
RETURNING account_id, credentials, new_email
