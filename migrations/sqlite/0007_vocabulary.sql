-- What a county changes in the browser of care types, specialisms and the words of the search. Empty columns
-- leave what the program and portal.toml say.

CREATE TABLE care_type_change (
    slug TEXT PRIMARY KEY NOT NULL,
    name TEXT,
    care_group TEXT CHECK (care_group IN ('residential', 'at_home', 'housing', 'hospice', 'advice', 'medicine', 'prevention')),
    light TEXT CHECK (light IN ('places', 'intake', 'none')),
    valid_days INTEGER,
    related TEXT,
    comes_to_people INTEGER,
    is_hidden INTEGER,
    -- New types stand at the end, in this order.
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE specialism_change (
    slug TEXT PRIMARY KEY NOT NULL,
    name TEXT,
    is_hidden INTEGER,
    created_at INTEGER NOT NULL
) STRICT;

-- What people call things in this county.
CREATE TABLE lexicon_line (
    id BLOB PRIMARY KEY NOT NULL,
    words TEXT NOT NULL,
    care_types TEXT NOT NULL,
    specialisms TEXT NOT NULL,
    same_as TEXT NOT NULL,
    -- Who changed it last
    author_id BLOB,
    changed_at INTEGER NOT NULL
) STRICT;

-- SQLite cannot change a check: the log moves into a table with one kind more, and keeps its numbers.
CREATE TABLE change_log_new (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('facility', 'organization', 'municipality', 'gazetteer', 'vocabulary')),
    entry_id BLOB,
    recorded_at INTEGER NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000000 AS INTEGER))
) STRICT;

INSERT INTO change_log_new (sequence, kind, entry_id, recorded_at)
SELECT sequence, kind, entry_id, recorded_at FROM change_log;

DROP TABLE change_log;

ALTER TABLE change_log_new RENAME TO change_log;
