SELECT o.id, o.slug, o.name, o.umbrella, o.phone, o.email, o.website,
    (SELECT COUNT(*) FROM facility f WHERE f.organization_id = o.id) AS entries,
    (SELECT COUNT(*) FROM membership m WHERE m.organization_id = o.id) AS people
FROM organization o
ORDER BY o.name, o.id
