SELECT 1
FROM capacity_report a
JOIN capacity_report b ON b.offer_id = a.offer_id
WHERE a.sequence = $1 AND b.sequence = $2
AND a.total IS NOT DISTINCT FROM b.total
AND a.free_now IS NOT DISTINCT FROM b.free_now
AND a.free_from IS NOT DISTINCT FROM b.free_from
AND a.intake = b.intake
AND a.waiting_list = b.waiting_list
AND a.waiting_weeks_min IS NOT DISTINCT FROM b.waiting_weeks_min
AND a.waiting_weeks_max IS NOT DISTINCT FROM b.waiting_weeks_max
AND a.intake_stop = b.intake_stop
AND a.intake_stop_until IS NOT DISTINCT FROM b.intake_stop_until
AND a.only_after_assessment = b.only_after_assessment
AND a.rooms IS NOT DISTINCT FROM b.rooms
AND a.for_whom IS NOT DISTINCT FROM b.for_whom
AND a.remark IS NOT DISTINCT FROM b.remark
AND a.periods = b.periods
AND a.weekdays = b.weekdays
