DELETE FROM pending_import WHERE id = $1 AND author_id = $2
