UPDATE mail SET next_attempt_at = NULL, text = '', html = '', unsubscribe = NULL WHERE id = $1
