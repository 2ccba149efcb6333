SELECT d.content, d.state, d.revision, d.author_id, a.name AS author_name, d.corrected_by,
    c.name AS corrector_name, d.note, d.reason, d.changed_at, d.submitted_at
FROM draft d
JOIN facility f ON f.id = d.facility_id AND f.hidden IS NULL
LEFT JOIN account a ON a.id = d.author_id
LEFT JOIN account c ON c.id = d.corrected_by
WHERE d.state = 'submitted'
ORDER BY d.submitted_at, d.facility_id
LIMIT $1
