SELECT slug FROM facility WHERE id = $1
