DELETE FROM upload WHERE facility_id = $1
