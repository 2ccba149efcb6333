SELECT id, file_name, mapping_name, preview, created_at
FROM pending_import
WHERE id = $1 AND author_id = $2 AND created_at > $3
