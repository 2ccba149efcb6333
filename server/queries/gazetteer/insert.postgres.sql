INSERT INTO gazetteer_place (postal_code, name, county, county_key, state, lat, lon)
SELECT
    value ->> 'postal_code',
    value ->> 'name',
    value ->> 'county',
    value ->> 'county_key',
    value ->> 'state',
    CAST(value ->> 'lat' AS DOUBLE PRECISION),
    CAST(value ->> 'lon' AS DOUBLE PRECISION)
FROM jsonb_array_elements($1)
