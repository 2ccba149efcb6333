UPDATE session SET account_id = $2, data = $3 WHERE key_hash = $1
