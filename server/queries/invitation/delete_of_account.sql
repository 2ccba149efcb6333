DELETE FROM invitation
WHERE invited_by = $1 OR email = (SELECT email FROM account WHERE id = $1)
