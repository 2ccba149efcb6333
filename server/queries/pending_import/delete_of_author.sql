DELETE FROM pending_import WHERE author_id = $1
