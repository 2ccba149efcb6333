SELECT slug, name, is_hidden FROM specialism_change ORDER BY created_at, slug
