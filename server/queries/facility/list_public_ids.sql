SELECT id FROM facility WHERE visibility = 'public' AND id > $1 ORDER BY id LIMIT $2
