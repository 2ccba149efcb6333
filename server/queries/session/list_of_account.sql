SELECT id, key_hash, data, created_at, seen_at
FROM session
WHERE account_id = $1
ORDER BY seen_at DESC, id
