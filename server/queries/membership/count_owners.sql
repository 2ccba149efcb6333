SELECT count(*) FROM membership WHERE organization_id = $1 AND role = 'owner'
