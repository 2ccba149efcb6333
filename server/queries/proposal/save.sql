INSERT INTO proposal (facility_id, content, source_name, fingerprint, proposed_at, is_decided)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (facility_id) DO UPDATE SET
    content = EXCLUDED.content,
    source_name = EXCLUDED.source_name,
    fingerprint = EXCLUDED.fingerprint,
    proposed_at = EXCLUDED.proposed_at,
    is_decided = EXCLUDED.is_decided
