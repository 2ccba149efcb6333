UPDATE facility_old_slug SET facility_id = $2 WHERE facility_id = $1
