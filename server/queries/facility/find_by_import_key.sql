SELECT id FROM facility WHERE import_source = $1 AND import_key = $2
