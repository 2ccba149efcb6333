INSERT INTO organization (
    id, slug, name, umbrella, phone, email, website
)
VALUES (
    $1, $2, $3, $4, $5, $6, $7
)
