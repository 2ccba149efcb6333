SELECT CASE WHEN $2 THEN coalesce(small, content) ELSE content END
FROM upload
WHERE id = $1
