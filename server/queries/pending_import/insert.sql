INSERT INTO pending_import (
    id, author_id, file_name, content, mapping_name, mapping, preview, rejects, created_at
)
VALUES (
    $1, $2, $3, $4, $5, $6, $7, $8, $9
)
