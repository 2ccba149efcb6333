UPDATE alert_position SET up_to = $2 WHERE id = 1 AND up_to = $1
