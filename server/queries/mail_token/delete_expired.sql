DELETE FROM mail_token WHERE expires_at <= $1
