DELETE FROM alert_news
WHERE alert_id = $1 AND offer_id = $2 AND report_sequence = $3 AND NOT is_told
