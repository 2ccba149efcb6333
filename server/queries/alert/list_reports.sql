SELECT
    sequence, free_now, free_from, intake, intake_stop, intake_stop_until, reported_at, valid_until
FROM capacity_report
WHERE offer_id = $1 AND sequence <= $2
ORDER BY sequence DESC
LIMIT $3
