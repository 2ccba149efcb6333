SELECT 1 FROM alert WHERE ends_at <= $1 LIMIT 1
