SELECT id, slug, name, umbrella, phone, email, website FROM organization WHERE slug = $1
