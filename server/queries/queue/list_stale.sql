SELECT f.id, f.slug, f.name, f.visibility, f.hidden, f.updated_at, f.confirmed_at, d.state, d.reason
FROM facility f
LEFT JOIN draft d ON d.facility_id = f.id
WHERE f.visibility = 'public' AND f.updated_at < $1 AND COALESCE(f.confirmed_at, 0) < $1
ORDER BY f.updated_at, f.id
LIMIT $2
