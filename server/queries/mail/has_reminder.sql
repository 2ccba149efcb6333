SELECT 1 FROM mail
WHERE recipient = $1 AND attempts > 0 AND next_attempt_at IS NOT NULL AND unsubscribe LIKE '%/erinnerungen-abbestellen/%'
LIMIT 1
