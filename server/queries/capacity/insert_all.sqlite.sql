INSERT INTO capacity_report (
    id, offer_id, total, free_now, free_from, intake, waiting_list, waiting_weeks_min,
    waiting_weeks_max, intake_stop, intake_stop_until, only_after_assessment, rooms, for_whom,
    remark, reported_by, source, reported_at, valid_until, periods, weekdays
)
SELECT
    unhex(value ->> 'id'), unhex(value ->> 'offer_id'), value ->> 'total', value ->> 'free_now',
    value ->> 'free_from', value ->> 'intake', value ->> 'waiting_list',
    value ->> 'waiting_weeks_min', value ->> 'waiting_weeks_max', value ->> 'intake_stop',
    value ->> 'intake_stop_until', value ->> 'only_after_assessment', value ->> 'rooms',
    value ->> 'for_whom', value ->> 'remark', value ->> 'reported_by', value ->> 'source',
    value ->> 'reported_at', value ->> 'valid_until', value -> 'periods', value -> 'weekdays'
FROM json_each($1)
WHERE TRUE
ORDER BY key
RETURNING id, sequence
