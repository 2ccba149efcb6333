SELECT wants_county_mail, county_told_at IS NOT NULL AS was_told
FROM account
WHERE id = $1
