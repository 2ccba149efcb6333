SELECT
    (
        SELECT COUNT(*)
        FROM draft d
        JOIN facility f ON f.id = d.facility_id AND f.hidden IS NULL
        WHERE d.state = 'submitted'
    ) + (
        SELECT COUNT(*)
        FROM proposal p
        JOIN facility f ON f.id = p.facility_id AND f.hidden IS NULL
        WHERE NOT p.is_decided
    ) + (SELECT COUNT(*) FROM notice WHERE state = 'open' AND kind <> 'wrong') AS to_decide,
    (SELECT COUNT(*) FROM notice WHERE state = 'open' AND kind = 'wrong') AS reported,
    (
        SELECT COUNT(*) FROM facility
        WHERE visibility = 'public' AND updated_at < $1 AND COALESCE(confirmed_at, 0) < $1
    ) AS stale,
    (
        SELECT COUNT(*) FROM facility f
        WHERE f.visibility = 'public' AND NOT EXISTS (
            SELECT 1 FROM membership m WHERE m.organization_id = f.organization_id AND m.role = 'owner'
        )
    ) AS without_owner
