INSERT INTO gazetteer_place (postal_code, name, county, county_key, state, lat, lon)
SELECT
    value ->> 'postal_code',
    value ->> 'name',
    value ->> 'county',
    value ->> 'county_key',
    value ->> 'state',
    value ->> 'lat',
    value ->> 'lon'
FROM json_each($1)
