-- Imports in the browser: a file that was tried, until somebody takes it over or throws it away.

CREATE TABLE pending_import (
    id BLOB PRIMARY KEY NOT NULL,
    author_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    file_name TEXT NOT NULL,
    -- The file, byte by byte as it came
    content BLOB NOT NULL,
    mapping_name TEXT NOT NULL,
    mapping BLOB NOT NULL,
    -- What it would do, as it was shown
    preview TEXT NOT NULL,
    -- The rows that would be rejected, as a file
    rejects BLOB,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX pending_import_by_author ON pending_import (author_id);
