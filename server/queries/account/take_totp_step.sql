-- Touches nothing where this step or a later one was taken already, or the factor is another one by now.
UPDATE account SET totp_step = $3
WHERE id = $1 AND credentials = $2 AND totp_secret IS NOT NULL AND (totp_step IS NULL OR totp_step < $3)
