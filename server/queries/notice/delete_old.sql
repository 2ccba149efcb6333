DELETE FROM notice WHERE handled_at < $1
