SELECT id FROM facility WHERE municipality_id = $1
