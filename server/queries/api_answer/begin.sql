INSERT INTO api_answer (token_id, key, request_hash, begun_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (token_id, key) DO NOTHING
