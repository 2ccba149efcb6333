-- One link of a kind at a time.
DELETE FROM mail_token
WHERE account_id = $1 AND (new_email IS NULL) = $2
