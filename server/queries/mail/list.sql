SELECT id, recipient, subject, text, html, created_at, one_click, attempts
FROM mail
ORDER BY created_at DESC, id DESC
LIMIT $1
