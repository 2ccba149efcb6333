SELECT
    (SELECT COUNT(*) FROM draft WHERE state = 'submitted')
        + (SELECT COUNT(*) FROM proposal WHERE NOT is_decided)
        + (SELECT COUNT(*) FROM notice WHERE state = 'open' AND kind <> 'wrong') AS to_decide,
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
