SELECT a.name, MAX(x.reminded_at) AS reminded_at
FROM reminded x
JOIN offer p ON p.id = x.offer_id
JOIN account a ON a.id = x.account_id
WHERE p.facility_id = $1
GROUP BY a.id, a.name
ORDER BY MAX(x.reminded_at) DESC, a.name
LIMIT $2
