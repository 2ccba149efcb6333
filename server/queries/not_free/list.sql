SELECT f.slug, f.name, f.phone, o.slug AS organization_slug, o.name AS organization_name, p.label, p.care_type,
    r.reported_at, CAST(sum(n.times) AS BIGINT) AS times, max(n.told_on) AS last,
    CAST(max(CASE WHEN n.under_review THEN 1 ELSE 0 END) AS BIGINT) AS reviews
FROM not_free_report n
JOIN capacity_report r ON r.sequence = n.report_sequence
JOIN offer p ON p.id = r.offer_id
JOIN facility f ON f.id = p.facility_id
LEFT JOIN organization o ON o.id = f.organization_id
WHERE r.valid_until > $1 AND ($2 OR f.organization_id = $3) AND f.visibility = 'public' AND NOT p.is_withdrawn
    AND NOT EXISTS (
        SELECT 1 FROM capacity_report later WHERE later.offer_id = r.offer_id AND later.sequence > r.sequence
    )
GROUP BY f.slug, f.name, f.phone, o.slug, o.name, p.id, p.label, p.care_type, r.sequence, r.reported_at
ORDER BY times DESC, f.name, r.sequence
LIMIT $4
