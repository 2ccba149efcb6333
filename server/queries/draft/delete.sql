DELETE FROM draft WHERE facility_id = $1
