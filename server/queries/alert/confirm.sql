UPDATE alert SET confirmed_at = $2, ends_at = $3 WHERE id = $1 AND confirmed_at IS NULL
