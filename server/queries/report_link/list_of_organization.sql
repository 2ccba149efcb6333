SELECT
    l.id, l.organization_id, o.slug AS organization_slug, o.name AS organization_name, l.account_id,
    a.name AS account_name, l.label, l.created_at, l.expires_at, l.revoked_at, l.used_at
FROM report_link l
JOIN organization o ON o.id = l.organization_id
LEFT JOIN account a ON a.id = l.account_id
WHERE l.organization_id = $1
ORDER BY l.created_at DESC, l.id
