DELETE FROM alert WHERE ends_at <= $1
