SELECT id, slug, name
FROM facility
WHERE visibility = 'public' AND id IN (SELECT unhex(value) FROM json_each($1))
