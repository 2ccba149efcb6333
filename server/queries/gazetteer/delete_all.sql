DELETE FROM gazetteer_place
