SELECT id, slug, name
FROM facility
WHERE visibility = 'public' AND id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1))
