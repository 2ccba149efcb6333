-- Touches nothing where password or second factor were changed meanwhile.
UPDATE account SET password_hash = $3, credentials = credentials + 1
WHERE id = $1 AND credentials = $2
