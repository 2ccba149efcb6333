SELECT before_expiry, expired, paused_until FROM reminder_setting WHERE account_id = $1
