SELECT v.offer_id, v.days
FROM offer_validity v
JOIN offer p ON p.id = v.offer_id
JOIN facility f ON f.id = p.facility_id
WHERE f.organization_id = $1 OR f.id = $1
