SELECT facility_id, kind, name
FROM upload
WHERE id = $1
