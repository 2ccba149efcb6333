INSERT INTO mail (id, recipient, subject, text, html, created_at, attempts, next_attempt_at, one_click)
VALUES ($1, $2, $3, $4, $5, $6, 0, $6, $7)
