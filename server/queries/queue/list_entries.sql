SELECT f.id, f.slug, f.name, f.visibility, f.hidden, f.updated_at, f.confirmed_at, d.state, d.reason
FROM facility f
LEFT JOIN draft d ON d.facility_id = f.id
WHERE LOWER(f.name) LIKE $1 ESCAPE '!'
ORDER BY f.name, f.id
LIMIT $2
