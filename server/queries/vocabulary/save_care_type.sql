INSERT INTO care_type_change (slug, name, care_group, light, valid_days, related, comes_to_people, is_hidden, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (slug) DO UPDATE SET
    name = excluded.name,
    care_group = excluded.care_group,
    light = excluded.light,
    valid_days = excluded.valid_days,
    related = excluded.related,
    comes_to_people = excluded.comes_to_people,
    is_hidden = excluded.is_hidden
