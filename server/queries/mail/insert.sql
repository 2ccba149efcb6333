INSERT INTO mail (id, recipient, subject, text, html, unsubscribe, created_at, attempts, next_attempt_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $7)
