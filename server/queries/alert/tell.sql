UPDATE alert_news SET is_told = TRUE WHERE alert_id = $1 AND offer_id = $2 AND report_sequence = $3
