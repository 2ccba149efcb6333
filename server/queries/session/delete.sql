DELETE FROM session WHERE key_hash = $1
