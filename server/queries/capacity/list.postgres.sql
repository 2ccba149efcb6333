SELECT json_build_object(
    'sequence', r.sequence,
    'id', r.id,
    'offer_id', r.offer_id,
    'total', r.total,
    'free_now', r.free_now,
    'free_from', r.free_from,
    'intake', r.intake,
    'waiting_list', r.waiting_list,
    'waiting_weeks_min', r.waiting_weeks_min,
    'waiting_weeks_max', r.waiting_weeks_max,
    'intake_stop', r.intake_stop,
    'intake_stop_until', r.intake_stop_until,
    'only_after_assessment', r.only_after_assessment,
    'rooms', r.rooms,
    'for_whom', r.for_whom,
    'remark', r.remark,
    'periods', r.periods,
    'weekdays', r.weekdays,
    'under_review', EXISTS (
        SELECT 1 FROM not_free_report n WHERE n.report_sequence = r.sequence AND n.under_review
    ),
    'reported_by', r.reported_by,
    'source', r.source,
    'reported_at', r.reported_at,
    'valid_until', r.valid_until
) AS report
FROM capacity_report r
WHERE r.offer_id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1))
    AND (
        r.reported_at > $2
        OR r.sequence = (
            SELECT max(b.sequence) FROM capacity_report b WHERE b.offer_id = r.offer_id AND b.reported_at <= $2
        )
    )
ORDER BY r.sequence
