UPDATE report_link SET used_at = $2 WHERE id = $1
