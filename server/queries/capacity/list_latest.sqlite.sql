SELECT json_object(
    'sequence', sequence,
    'id', lower(hex(id)),
    'offer_id', lower(hex(offer_id)),
    'total', total,
    'free_now', free_now,
    'free_from', free_from,
    'intake', intake,
    'waiting_list', waiting_list,
    'waiting_weeks_min', waiting_weeks_min,
    'waiting_weeks_max', waiting_weeks_max,
    'intake_stop', json(iif(intake_stop, 'true', 'false')),
    'intake_stop_until', intake_stop_until,
    'only_after_assessment', json(iif(only_after_assessment, 'true', 'false')),
    'rooms', rooms,
    'for_whom', for_whom,
    'remark', remark,
    'reported_by', reported_by,
    'source', source,
    'reported_at', reported_at,
    'valid_until', valid_until
) AS entry
FROM capacity_report
WHERE sequence IN (
    SELECT MAX(r.sequence)
    FROM offer o
    JOIN capacity_report r ON r.offer_id = o.id
    WHERE o.facility_id IN (SELECT unhex(value) FROM json_each($1))
    GROUP BY r.offer_id
)
