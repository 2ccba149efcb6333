SELECT DISTINCT municipality_id, postal_code
FROM facility
WHERE municipality_id IS NOT NULL AND postal_code IS NOT NULL
ORDER BY municipality_id, postal_code
