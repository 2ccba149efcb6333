DELETE FROM api_answer WHERE begun_at < $1
