INSERT INTO audit_log (sequence, recorded_at, actor_id, action, subject_kind, subject_id, detail, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
