-- A call that has not ended after minutes never will.
UPDATE api_answer SET begun_at = $4
WHERE token_id = $1 AND key = $2 AND begun_at = $3 AND answer IS NULL
