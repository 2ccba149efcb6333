INSERT INTO municipality (
    id, ags, name, aliases
)
VALUES (
    $1, $2, $3, $4
)
