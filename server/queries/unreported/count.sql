-- $1: now, $2: whose report had ended by then is grey for long, $3: whose id is less is there for long, $4: today,
-- $5: the types that have a light, each between commas, $6: which
SELECT COUNT(*)
FROM (
    SELECT p.facility_id, MIN(r.valid_until) AS since
    FROM offer p
    JOIN facility f ON f.id = p.facility_id AND f.visibility = 'public'
    LEFT JOIN capacity_report r
        ON r.sequence = (SELECT MAX(l.sequence) FROM capacity_report l WHERE l.offer_id = p.id)
    WHERE NOT p.is_withdrawn
        AND $5 LIKE '%,' || p.care_type || ',%'
        AND (
            CASE WHEN r.sequence IS NULL THEN p.id < $3 ELSE r.valid_until <= $2 END
            OR COALESCE(r.valid_until, 0) <= $1
            AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.organization_id = f.organization_id)
        )
    GROUP BY p.facility_id
) w
LEFT JOIN follow_up u ON u.facility_id = w.facility_id
WHERE (CAST($6 AS TEXT) = 'spaeter') = (COALESCE(u.remind_on, '') > $4)
    AND ($6 <> 'nie' OR w.since IS NULL)
