SELECT id, recipient, subject, text, html, unsubscribe, created_at, attempts
FROM mail
ORDER BY created_at DESC, id DESC
LIMIT $1
