UPDATE account SET county_role = $2
WHERE id = $1
