SELECT n.id, n.kind, n.facility_id, f.slug, f.name AS facility_name, n.organization_name, n.name, n.email, n.text, n.created_at,
    n.state, n.handled_by, a.name AS handler_name, n.handled_at, n.answer
FROM notice n
LEFT JOIN facility f ON f.id = n.facility_id
LEFT JOIN account a ON a.id = n.handled_by
WHERE (n.state = 'open') = $1
ORDER BY CASE WHEN n.state = 'open' THEN n.created_at ELSE -n.created_at END, n.id
LIMIT $2
