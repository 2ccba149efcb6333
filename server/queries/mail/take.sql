-- Asked twice, because a program that waited for another one's row must not take it, too.
UPDATE mail SET attempts = attempts + 1, next_attempt_at = $2
WHERE id = (
    SELECT id FROM mail WHERE next_attempt_at <= $1
    -- Whoever waits in front of a page comes before what comes by itself.
    ORDER BY unsubscribe IS NOT NULL, next_attempt_at, id
    LIMIT 1
)
    AND next_attempt_at <= $1
RETURNING id, recipient, subject, text, html, unsubscribe, created_at, attempts
