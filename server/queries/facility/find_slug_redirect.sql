SELECT f.slug
FROM facility_old_slug s
JOIN facility f ON f.id = s.facility_id
WHERE s.slug = $1 AND f.visibility = 'public'
