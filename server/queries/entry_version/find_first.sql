SELECT content FROM entry_version WHERE facility_id = $1 AND number = 1
