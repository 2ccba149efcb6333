DELETE FROM session WHERE created_at < $1 OR seen_at < $2
