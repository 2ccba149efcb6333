SELECT n.report_sequence, CAST(sum(n.times) AS BIGINT) AS times
FROM not_free_report n
JOIN capacity_report r ON r.sequence = n.report_sequence
JOIN offer p ON p.id = r.offer_id
WHERE p.facility_id = $1
GROUP BY n.report_sequence
