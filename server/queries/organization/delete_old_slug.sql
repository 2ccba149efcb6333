DELETE FROM organization_old_slug WHERE slug = $1 AND organization_id = $2
