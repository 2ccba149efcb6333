SELECT l.recorded_at, l.actor_id, a.name AS actor_name, l.detail
FROM audit_log l
LEFT JOIN account a ON a.id = l.actor_id
WHERE l.action = $1
ORDER BY l.sequence DESC
LIMIT $2
