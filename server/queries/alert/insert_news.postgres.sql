INSERT INTO alert_news (alert_id, facility_id, offer_id, report_sequence, is_told)
SELECT
    a.id, CAST(value ->> 'facility' AS UUID), CAST(value ->> 'offer' AS UUID),
    CAST(value ->> 'sequence' AS BIGINT), CAST($2 AS BOOLEAN)
FROM jsonb_array_elements($1) AS list (value)
-- Some may have ended meanwhile.
JOIN alert a ON a.id = CAST(value ->> 'alert' AS UUID)
WHERE a.confirmed_at IS NOT NULL
ON CONFLICT (alert_id, offer_id, report_sequence) DO UPDATE SET is_told = excluded.is_told WHERE excluded.is_told
