DELETE FROM pending_import WHERE created_at <= $1
