SELECT municipality_id, name, aliases FROM locality ORDER BY municipality_id, name
