SELECT up_to FROM alert_position WHERE id = 1
