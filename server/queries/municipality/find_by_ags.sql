SELECT id, ags, name, aliases FROM municipality WHERE ags = $1
