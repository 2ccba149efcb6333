INSERT INTO entry_version (facility_id, number, content, author_id, approved_by, reason, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
