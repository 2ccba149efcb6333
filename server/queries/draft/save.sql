INSERT INTO draft (
    facility_id, content, state, revision, author_id, corrected_by, note, reason, changed_at, submitted_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (facility_id) DO UPDATE SET
    content = EXCLUDED.content,
    state = EXCLUDED.state,
    revision = EXCLUDED.revision,
    author_id = EXCLUDED.author_id,
    corrected_by = EXCLUDED.corrected_by,
    note = EXCLUDED.note,
    reason = EXCLUDED.reason,
    changed_at = EXCLUDED.changed_at,
    submitted_at = EXCLUDED.submitted_at
