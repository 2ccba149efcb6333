SELECT id FROM facility WHERE slug = $1
UNION ALL
SELECT facility_id FROM facility_old_slug WHERE slug = $1
LIMIT 1
