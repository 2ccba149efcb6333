SELECT facility_id, kind, name, CASE WHEN $2 THEN coalesce(small, content) ELSE content END AS content
FROM upload
WHERE id = $1
