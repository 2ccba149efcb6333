-- Whom there may be something to say to: the rule decides by the times.
-- $1: now, $2: what was over by then is no news, $3 and $4: what ends by then is near, $4 for reports that hold at least
-- $5, $6: today, $7: the types that have a light, each between commas
SELECT DISTINCT m.account_id, r.reported_at, r.valid_until
FROM offer p
JOIN facility f ON f.id = p.facility_id AND f.visibility = 'public'
JOIN membership m ON m.organization_id = f.organization_id
JOIN capacity_report r ON r.sequence = (SELECT MAX(l.sequence) FROM capacity_report l WHERE l.offer_id = p.id)
LEFT JOIN reminder_setting s ON s.account_id = m.account_id
WHERE NOT p.is_withdrawn
    AND $7 LIKE '%,' || p.care_type || ',%'
    AND r.valid_until > $2
    AND (r.valid_until <= $3 OR (r.valid_until <= $4 AND r.valid_until - r.reported_at >= $5))
    AND (s.paused_until IS NULL OR s.paused_until < $6)
    AND CASE WHEN r.valid_until <= $1 THEN COALESCE(s.expired, TRUE) ELSE COALESCE(s.before_expiry, TRUE) END
    AND NOT EXISTS (SELECT 1 FROM reminder d WHERE d.account_id = m.account_id AND d.day = $6)
    AND NOT EXISTS (
        SELECT 1 FROM reminded x
        WHERE x.account_id = m.account_id AND x.offer_id = p.id AND x.report_sequence = r.sequence
            AND x.kind = CASE WHEN r.valid_until <= $1 THEN 'expired' ELSE 'before_expiry' END
    )
