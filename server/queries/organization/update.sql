UPDATE organization SET
    slug = $2,
    name = $3,
    umbrella = $4,
    phone = $5,
    email = $6,
    website = $7
WHERE id = $1
