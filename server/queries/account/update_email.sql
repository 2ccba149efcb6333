-- Touches nothing where password or second factor were changed meanwhile.
UPDATE account SET email = $3, credentials = credentials + 1
WHERE id = $1 AND credentials = $2
