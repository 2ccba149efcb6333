UPDATE pending_import SET preview = $2, rejects = $3 WHERE id = $1
