SELECT id, email, query, created_at, confirmed_at, ends_at
FROM alert
WHERE email = $1 AND ends_at > $2
ORDER BY created_at, id
