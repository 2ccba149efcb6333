SELECT v.number, v.content, v.author_id, a.name AS author_name, v.approved_by, b.name AS approver_name, v.reason, v.recorded_at
FROM entry_version v
LEFT JOIN account a ON a.id = v.author_id
LEFT JOIN account b ON b.id = v.approved_by
WHERE v.facility_id = $1
ORDER BY v.number DESC
