SELECT
    f.id, f.slug, f.visibility, f.name, f.owner, f.street, f.postal_code, f.locality, f.lat, f.lon,
    f.phone, f.email, f.website, f.description, f.contacts, f.opening_hours, f.languages, f.accessibility,
    f.source_kind, f.source_name, f.updated_at,
    o.id AS organization_id, o.slug AS organization_slug, o.name AS organization_name,
    o.umbrella AS organization_umbrella, o.phone AS organization_phone, o.email AS organization_email,
    o.website AS organization_website,
    m.id AS municipality_id, m.ags AS municipality_ags, m.name AS municipality_name,
    m.aliases AS municipality_aliases
FROM facility f
LEFT JOIN organization o ON o.id = f.organization_id
LEFT JOIN municipality m ON m.id = f.municipality_id
WHERE f.id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1))
