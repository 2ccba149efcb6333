SELECT id, query FROM alert WHERE confirmed_at IS NOT NULL AND ends_at > $1 ORDER BY id
