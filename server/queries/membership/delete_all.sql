DELETE FROM membership WHERE account_id = $1
