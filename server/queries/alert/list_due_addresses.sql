SELECT DISTINCT a.email FROM alert a
WHERE a.email > $3 AND a.confirmed_at IS NOT NULL AND a.ends_at > $1
AND (a.told_at IS NULL OR a.told_at <= $2)
AND EXISTS (SELECT 1 FROM alert_news n WHERE n.alert_id = a.id AND NOT n.is_told)
ORDER BY a.email
LIMIT $4
