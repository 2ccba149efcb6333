-- $1: the account, $2: now, $3: the types that have a light, each between commas
SELECT o.id, o.slug, o.name, o.umbrella, o.phone, o.email, o.website,
    f.name AS facility, f.slug AS facility_slug, p.id AS offer_id, p.care_type, p.label,
    r.sequence, r.reported_at, r.valid_until,
    EXISTS (
        SELECT 1 FROM reminded x
        WHERE x.account_id = m.account_id AND x.offer_id = p.id AND x.report_sequence = r.sequence
            AND x.kind = CASE WHEN r.valid_until <= $2 THEN 'expired' ELSE 'before_expiry' END
    ) AS was_told
FROM membership m
JOIN organization o ON o.id = m.organization_id
JOIN facility f ON f.organization_id = o.id AND f.visibility = 'public'
JOIN offer p ON p.facility_id = f.id AND NOT p.is_withdrawn
LEFT JOIN capacity_report r
    ON r.sequence = (SELECT MAX(l.sequence) FROM capacity_report l WHERE l.offer_id = p.id)
WHERE m.account_id = $1 AND $3 LIKE '%,' || p.care_type || ',%'
ORDER BY o.name, o.id, f.name, f.id, p.id
