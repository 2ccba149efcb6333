DELETE FROM api_answer WHERE token_id = $1 AND key = $2 AND begun_at = $3 AND answer IS NULL
