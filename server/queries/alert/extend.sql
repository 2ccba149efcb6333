UPDATE alert SET ends_at = $2 WHERE id = $1
