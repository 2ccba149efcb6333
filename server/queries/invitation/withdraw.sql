DELETE FROM invitation
WHERE id = $1 AND (organization_id = $2 OR organization_id IS NULL AND $2 IS NULL)
