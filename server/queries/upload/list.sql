SELECT id, created_at
FROM upload
WHERE facility_id = $1
