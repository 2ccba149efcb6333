SELECT f.id, f.slug, f.name, f.visibility, f.hidden, f.updated_at, f.confirmed_at, d.state, d.reason
FROM facility f
LEFT JOIN draft d ON d.facility_id = f.id
WHERE f.visibility = 'public' AND NOT EXISTS (
    SELECT 1 FROM membership m WHERE m.organization_id = f.organization_id AND m.role = 'owner'
)
ORDER BY f.updated_at, f.id
LIMIT $1
