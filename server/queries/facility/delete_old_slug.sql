DELETE FROM facility_old_slug WHERE slug = $1 AND facility_id = $2
