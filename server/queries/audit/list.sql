SELECT sequence, recorded_at, actor_id, action, subject_kind, subject_id, detail, hash
FROM audit_log
WHERE sequence > $1
ORDER BY sequence
LIMIT $2
