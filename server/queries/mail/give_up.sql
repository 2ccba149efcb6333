UPDATE mail SET next_attempt_at = NULL, text = '', html = '' WHERE id = $1
