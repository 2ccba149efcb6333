INSERT INTO proposal (facility_id, content, source_name, proposed_at, is_decided)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (facility_id) DO UPDATE SET
    content = EXCLUDED.content,
    source_name = EXCLUDED.source_name,
    proposed_at = EXCLUDED.proposed_at,
    is_decided = EXCLUDED.is_decided
