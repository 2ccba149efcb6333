-- The report with which an offer became free when anybody was told of it last.
SELECT report_sequence FROM alert_news
WHERE offer_id = $1 AND report_sequence <= $2
ORDER BY report_sequence DESC
LIMIT 1
