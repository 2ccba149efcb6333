DELETE FROM specialism_change WHERE slug = $1
