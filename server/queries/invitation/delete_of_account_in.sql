DELETE FROM invitation
WHERE (invited_by = $1 OR email = (SELECT email FROM account WHERE id = $1))
    AND (organization_id = $2 OR organization_id IS NULL AND $2 IS NULL)
