-- Everybody of the county but one. Nobody is told twice, until they look or until $3 is after they were told.
UPDATE account SET county_told_at = $2
WHERE county_role IS NOT NULL AND wants_county_mail AND id <> $1
    AND (county_told_at IS NULL OR county_told_at <= $3)
RETURNING name, email
