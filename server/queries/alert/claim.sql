-- Asked twice, because a program that waited for another one's row must not write, too.
UPDATE alert SET told_at = $2
WHERE id = $1 AND ends_at > $2 AND (told_at IS NULL OR told_at <= $3)
