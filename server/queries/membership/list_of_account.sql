SELECT m.organization_id, o.slug, o.name, m.role
FROM membership m
JOIN organization o ON o.id = m.organization_id
WHERE m.account_id = $1
ORDER BY o.name, m.organization_id
