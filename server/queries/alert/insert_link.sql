INSERT INTO alert_link (token_hash, alert_id) VALUES ($1, $2)
