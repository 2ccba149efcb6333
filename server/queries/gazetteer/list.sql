SELECT postal_code, name, county, county_key, state, lat, lon FROM gazetteer_place ORDER BY id
