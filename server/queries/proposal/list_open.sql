SELECT p.content, p.source_name, p.fingerprint, p.proposed_at, p.is_decided
FROM proposal p
JOIN facility f ON f.id = p.facility_id AND f.hidden IS NULL
WHERE NOT p.is_decided
ORDER BY p.proposed_at, p.facility_id
LIMIT $1
