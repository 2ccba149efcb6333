SELECT f.id, f.slug, f.name, f.visibility, f.hidden, f.updated_at, f.confirmed_at, d.state, d.reason
FROM facility f
LEFT JOIN draft d ON d.facility_id = f.id
WHERE f.organization_id = $1
ORDER BY f.name, f.id
