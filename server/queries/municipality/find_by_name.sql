SELECT id, ags, name, aliases FROM municipality WHERE name = $1 ORDER BY id LIMIT 1
