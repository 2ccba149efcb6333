SELECT id FROM facility WHERE organization_id = $1
