SELECT id FROM facility WHERE organization_id = $1 AND visibility = 'public' ORDER BY name, id
