SELECT id, ags, name, aliases FROM municipality ORDER BY name, id
