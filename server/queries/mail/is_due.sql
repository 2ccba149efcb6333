SELECT 1 FROM mail WHERE next_attempt_at <= $1 LIMIT 1
