SELECT id, slug, name, umbrella, phone, email, website
FROM organization
WHERE name = $1 AND COALESCE(umbrella, '') = COALESCE(CAST($2 AS TEXT), '')
