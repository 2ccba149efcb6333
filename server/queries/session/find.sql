SELECT id, key_hash, data, created_at, seen_at FROM session WHERE key_hash = $1
