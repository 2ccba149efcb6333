INSERT INTO organization_old_slug (slug, organization_id) VALUES ($1, $2)
