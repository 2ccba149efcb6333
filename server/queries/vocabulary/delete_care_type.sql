DELETE FROM care_type_change WHERE slug = $1
