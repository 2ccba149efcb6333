SELECT slug, name, care_group, light, valid_days, related, comes_to_people, is_hidden
FROM care_type_change
ORDER BY created_at, slug
