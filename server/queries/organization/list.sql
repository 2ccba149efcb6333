SELECT id, slug, name, umbrella, phone, email, website
FROM organization
ORDER BY name, id
