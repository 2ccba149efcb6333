DELETE FROM invitation
WHERE (invited_by = $1 OR email = (SELECT email FROM account WHERE id = $1))
    AND ($2 OR organization_id = $3 OR organization_id IS NULL AND $3 IS NULL)
