SELECT facility_id FROM offer WHERE id = $1
