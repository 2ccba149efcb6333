DELETE FROM mail WHERE created_at < $1
