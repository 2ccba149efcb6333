-- Touches nothing where password or second factor were changed meanwhile.
UPDATE account SET totp_secret = $3, totp_step = $4, credentials = credentials + 1
WHERE id = $1 AND credentials = $2
