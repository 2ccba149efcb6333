SELECT l.sequence, l.recorded_at, l.actor_id, a.name AS actor_name, l.action, l.detail, l.subject_id, b.name AS account_name,
    f.name AS facility_name, f.slug AS facility_slug, o.name AS organization_name
FROM audit_log l
LEFT JOIN account a ON a.id = l.actor_id
LEFT JOIN account b ON b.id = l.subject_id AND l.subject_kind = 'account'
LEFT JOIN facility f ON f.id = l.subject_id AND l.subject_kind = 'entry'
LEFT JOIN organization o ON o.id = l.subject_id AND l.subject_kind = 'organization'
WHERE l.sequence < $1
ORDER BY l.sequence DESC
LIMIT $2
