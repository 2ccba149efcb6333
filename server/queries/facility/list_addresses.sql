SELECT DISTINCT f.id, f.slug, f.updated_at, o.care_type, g.slug AS organization
FROM facility f
JOIN offer o ON o.facility_id = f.id AND NOT o.is_withdrawn
LEFT JOIN organization g ON g.id = f.organization_id
WHERE f.visibility = 'public'
ORDER BY f.id, o.care_type
