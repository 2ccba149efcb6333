SELECT f.lat, f.lon, json_build_object(
    'id', f.id,
    'slug', f.slug,
    'visibility', f.visibility,
    'name', f.name,
    'owner', f.owner,
    'street', f.street,
    'postal_code', f.postal_code,
    'locality', f.locality,
    'phone', f.phone,
    'email', f.email,
    'website', f.website,
    'description', f.description,
    'contacts', f.contacts,
    'opening_hours', f.opening_hours,
    'languages', f.languages,
    'accessibility', f.accessibility,
    'source_kind', f.source_kind,
    'source_name', f.source_name,
    'updated_at', f.updated_at,
    'organization_id', f.organization_id,
    'organization_slug', o.slug,
    'organization_name', o.name,
    'organization_umbrella', o.umbrella,
    'organization_phone', o.phone,
    'organization_email', o.email,
    'organization_website', o.website,
    'municipality_id', f.municipality_id,
    'municipality_ags', m.ags,
    'municipality_name', m.name,
    'municipality_aliases', m.aliases
) AS entry
FROM facility f
LEFT JOIN organization o ON o.id = f.organization_id
LEFT JOIN municipality m ON m.id = f.municipality_id
WHERE f.id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1))
