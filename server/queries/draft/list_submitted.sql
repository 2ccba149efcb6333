SELECT d.content, d.state, d.revision, d.author_id, a.name AS author_name, d.note, d.reason, d.changed_at, d.submitted_at
FROM draft d
LEFT JOIN account a ON a.id = d.author_id
WHERE d.state = 'submitted'
ORDER BY d.submitted_at, d.facility_id
LIMIT $1
