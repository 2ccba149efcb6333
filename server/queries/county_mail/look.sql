UPDATE account SET county_told_at = NULL
WHERE id = $1 AND county_told_at IS NOT NULL
