INSERT INTO reminder_setting (account_id, before_expiry, expired, paused_until) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id) DO UPDATE SET
    before_expiry = excluded.before_expiry, expired = excluded.expired, paused_until = excluded.paused_until
