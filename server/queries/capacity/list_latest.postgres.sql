SELECT
    sequence, id, offer_id, total, free_now, free_from, intake, waiting_list, waiting_weeks_min,
    waiting_weeks_max, intake_stop, intake_stop_until, only_after_assessment, rooms, for_whom, remark,
    reported_by, source, reported_at, valid_until
FROM capacity_report
WHERE sequence IN (
    SELECT MAX(r.sequence)
    FROM offer o
    JOIN capacity_report r ON r.offer_id = o.id
    WHERE o.facility_id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1))
    GROUP BY r.offer_id
)
