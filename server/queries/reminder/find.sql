SELECT account_id FROM reminder WHERE token_hash = $1
