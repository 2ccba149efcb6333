INSERT INTO locality (municipality_id, name, aliases)
VALUES ($1, $2, $3)
ON CONFLICT (municipality_id, name) DO NOTHING
