SELECT
    i.id, i.email, i.county_role, i.organization_id, o.name AS organization_name, i.organization_role,
    i.invited_by, a.name AS inviter, i.created_at, i.expires_at
FROM invitation i
JOIN account a ON a.id = i.invited_by
LEFT JOIN organization o ON o.id = i.organization_id
WHERE i.organization_id = $1 OR i.organization_id IS NULL AND $1 IS NULL
ORDER BY i.created_at DESC, i.id
