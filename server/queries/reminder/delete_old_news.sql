DELETE FROM reminded WHERE reminded_at < $1
