SELECT content, mapping, rejects FROM pending_import WHERE id = $1
