-- What the program remembers about its database as a whole, by name; see server/src/store/setting.rs.

CREATE TABLE setting (
    name TEXT PRIMARY KEY NOT NULL CHECK (name <> ''),
    value TEXT NOT NULL
) STRICT;
