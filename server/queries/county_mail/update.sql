UPDATE account SET wants_county_mail = $2
WHERE id = $1
