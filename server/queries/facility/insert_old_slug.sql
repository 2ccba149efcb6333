INSERT INTO facility_old_slug (slug, facility_id) VALUES ($1, $2)
