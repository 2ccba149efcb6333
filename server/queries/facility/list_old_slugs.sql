SELECT slug FROM facility_old_slug WHERE facility_id = $1 ORDER BY slug
