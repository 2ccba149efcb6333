SELECT
    t.id, t.organization_id, o.slug AS organization_slug, t.facility_id, f.name AS facility_name, t.name,
    t.created_by, a.name AS maker_name, a.county_role AS maker_county_role, m.role AS maker_role,
    t.created_at, t.used_at, t.revoked_at
FROM api_token t
JOIN organization o ON o.id = t.organization_id
LEFT JOIN facility f ON f.id = t.facility_id
LEFT JOIN account a ON a.id = t.created_by
LEFT JOIN membership m ON m.account_id = t.created_by AND m.organization_id = t.organization_id
WHERE t.organization_id = $1
ORDER BY t.created_at DESC, t.id
