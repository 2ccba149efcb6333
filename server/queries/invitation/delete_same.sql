-- Who is invited again to the same gets a new link.
DELETE FROM invitation
WHERE email = $1 AND (organization_id = $2 OR organization_id IS NULL AND $2 IS NULL)
