SELECT COUNT(*), COALESCE(MAX(confirmed_at), 0) FROM alert
WHERE confirmed_at IS NOT NULL AND ends_at > $1
