SELECT account_id, id, key_hash, data, created_at, seen_at
FROM session
WHERE account_id IS NOT NULL
ORDER BY seen_at DESC, id
LIMIT $1
