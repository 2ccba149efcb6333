SELECT COUNT(*) FROM recovery_code WHERE account_id = $1
