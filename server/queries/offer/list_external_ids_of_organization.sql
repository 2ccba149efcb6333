SELECT p.external_id, p.id, p.facility_id
FROM offer p
JOIN facility f ON f.id = p.facility_id
WHERE
    f.organization_id = $1 AND f.visibility = 'public' AND NOT p.is_withdrawn
    AND p.external_id IS NOT NULL
