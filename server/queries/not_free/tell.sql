INSERT INTO not_free_report (report_sequence, told_on, times)
VALUES ($1, $2, 1)
ON CONFLICT (report_sequence, told_on) DO UPDATE SET times = not_free_report.times + 1
WHERE not_free_report.times < 999
