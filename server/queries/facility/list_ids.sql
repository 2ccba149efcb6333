SELECT id FROM facility WHERE id > $1 ORDER BY id LIMIT $2
