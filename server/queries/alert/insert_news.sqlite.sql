INSERT INTO alert_news (alert_id, facility_id, offer_id, report_sequence, is_told)
SELECT
    a.id, unhex(value ->> 'facility'), unhex(value ->> 'offer'), value ->> 'sequence',
    CAST($2 AS INTEGER)
FROM json_each($1)
-- Some may have ended meanwhile.
JOIN alert a ON a.id = unhex(value ->> 'alert')
WHERE a.confirmed_at IS NOT NULL
ON CONFLICT (alert_id, offer_id, report_sequence) DO UPDATE SET is_told = excluded.is_told WHERE excluded.is_told
