SELECT id, facility_id FROM offer WHERE import_source = $1 AND external_id = $2
