SELECT a.id, a.email, a.query, a.created_at, a.confirmed_at, a.ends_at
FROM alert a
JOIN alert_link l ON l.alert_id = a.id
WHERE l.token_hash = $1 AND a.ends_at > $2
ORDER BY a.created_at, a.id
