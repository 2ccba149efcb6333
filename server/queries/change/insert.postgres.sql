INSERT INTO change_log (kind, entry_id)
SELECT value ->> 'kind', CAST(value ->> 'id' AS uuid)
FROM jsonb_array_elements($1) WITH ORDINALITY AS list (value, place)
ORDER BY place
