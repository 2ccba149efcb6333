UPDATE municipality SET
    ags = $2,
    name = $3,
    aliases = $4
WHERE id = $1
