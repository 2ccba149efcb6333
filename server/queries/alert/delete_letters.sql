-- Letters about alerts to those who have none any more.
DELETE FROM mail
WHERE unsubscribe LIKE '%/benachrichtigen/%' AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.email = mail.recipient)
