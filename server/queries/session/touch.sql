UPDATE session SET seen_at = $2 WHERE key_hash = $1 AND seen_at < $2
