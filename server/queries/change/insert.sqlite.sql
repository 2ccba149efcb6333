INSERT INTO change_log (kind, entry_id)
SELECT value ->> 'kind', unhex(value ->> 'id')
FROM json_each($1)
ORDER BY key
