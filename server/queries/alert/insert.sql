INSERT INTO alert (id, email, query, created_at, ends_at) VALUES ($1, $2, $3, $4, $5)
