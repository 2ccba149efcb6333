UPDATE not_free_report SET under_review = TRUE WHERE report_sequence = $1 AND told_on = $2
