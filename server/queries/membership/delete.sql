DELETE FROM membership
WHERE account_id = $1 AND organization_id = $2
