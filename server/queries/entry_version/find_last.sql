SELECT COALESCE(MAX(number), 0) FROM entry_version WHERE facility_id = $1
