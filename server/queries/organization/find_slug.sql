SELECT slug FROM organization WHERE id = $1
