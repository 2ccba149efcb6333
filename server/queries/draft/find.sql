SELECT d.content, d.state, d.revision, d.author_id, a.name AS author_name, d.corrected_by,
    c.name AS corrector_name, d.note, d.reason, d.changed_at, d.submitted_at
FROM draft d
LEFT JOIN account a ON a.id = d.author_id
LEFT JOIN account c ON c.id = d.corrected_by
WHERE d.facility_id = $1
