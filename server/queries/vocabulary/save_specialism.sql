INSERT INTO specialism_change (slug, name, is_hidden, created_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (slug) DO UPDATE SET name = excluded.name, is_hidden = excluded.is_hidden
