SELECT DISTINCT f.id
FROM offer p
JOIN facility f ON f.id = p.facility_id
WHERE
    f.organization_id = $2 AND f.visibility = 'public'
    AND p.id IN (SELECT unhex(value) FROM json_each($1))
