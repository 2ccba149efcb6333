SELECT request_hash, begun_at, answer FROM api_answer WHERE token_id = $1 AND key = $2
