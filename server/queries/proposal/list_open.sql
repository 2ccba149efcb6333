SELECT content, source_name, proposed_at, is_decided
FROM proposal
WHERE NOT is_decided
ORDER BY proposed_at, facility_id
LIMIT $1
