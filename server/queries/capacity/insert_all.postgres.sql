INSERT INTO capacity_report (
    id, offer_id, total, free_now, free_from, intake, waiting_list, waiting_weeks_min,
    waiting_weeks_max, intake_stop, intake_stop_until, only_after_assessment, rooms, for_whom,
    remark, reported_by, source, reported_at, valid_until, periods, weekdays
)
SELECT
    CAST(value ->> 'id' AS uuid), CAST(value ->> 'offer_id' AS uuid),
    CAST(value ->> 'total' AS bigint), CAST(value ->> 'free_now' AS bigint),
    value ->> 'free_from', value ->> 'intake', value ->> 'waiting_list',
    CAST(value ->> 'waiting_weeks_min' AS bigint), CAST(value ->> 'waiting_weeks_max' AS bigint),
    CAST(value ->> 'intake_stop' AS boolean), value ->> 'intake_stop_until',
    CAST(value ->> 'only_after_assessment' AS boolean), value ->> 'rooms', value ->> 'for_whom',
    value ->> 'remark', value ->> 'reported_by', value ->> 'source',
    CAST(value ->> 'reported_at' AS bigint), CAST(value ->> 'valid_until' AS bigint),
    value -> 'periods', value -> 'weekdays'
FROM jsonb_array_elements($1) WITH ORDINALITY AS list (value, place)
ORDER BY place
RETURNING id, sequence
