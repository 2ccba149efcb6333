SELECT o.slug
FROM organization_old_slug s
JOIN organization o ON o.id = s.organization_id
WHERE s.slug = $1
