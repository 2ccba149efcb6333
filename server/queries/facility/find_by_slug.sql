SELECT id FROM facility WHERE slug = $1
