-- The same, done by the same person to the same, since an instant.
SELECT sequence FROM audit_log
WHERE actor_id IS NOT DISTINCT FROM $1 AND action = $2 AND subject_id IS NOT DISTINCT FROM $3 AND recorded_at > $4
ORDER BY sequence DESC
LIMIT 1
