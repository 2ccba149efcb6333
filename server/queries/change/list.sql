SELECT sequence, kind, entry_id FROM change_log WHERE sequence > $1 ORDER BY sequence LIMIT $2
