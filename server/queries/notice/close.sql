UPDATE notice SET state = $2, handled_by = $3, handled_at = $4, answer = $5
WHERE id = $1 AND state = 'open'
