SELECT a.id, a.query, a.ends_at, n.facility_id, n.offer_id, n.report_sequence
FROM alert a
JOIN alert_news n ON n.alert_id = a.id
WHERE a.email = $1 AND NOT n.is_told AND a.confirmed_at IS NOT NULL AND a.ends_at > $2
AND (a.told_at IS NULL OR a.told_at <= $3)
ORDER BY a.id, n.report_sequence, n.offer_id
