SELECT id FROM organization WHERE slug = $1
UNION ALL
SELECT organization_id FROM organization_old_slug WHERE slug = $1
LIMIT 1
