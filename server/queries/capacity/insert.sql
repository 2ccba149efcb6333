INSERT INTO capacity_report (
    id, offer_id, total, free_now, free_from, intake, waiting_list, waiting_weeks_min,
    waiting_weeks_max, intake_stop, intake_stop_until, only_after_assessment, rooms, for_whom,
    remark, reported_by, source, reported_at, valid_until, periods, weekdays
)
VALUES (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21
)
RETURNING sequence
