DELETE FROM api_token WHERE revoked_at < $1
