SELECT CAST(COALESCE(sum(times), 0) AS BIGINT) AS times, CAST(COALESCE(max(CASE WHEN under_review THEN 1 ELSE 0 END), 0) AS BIGINT) AS reviews
FROM not_free_report
WHERE report_sequence = $1
