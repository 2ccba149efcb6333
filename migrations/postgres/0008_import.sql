-- Imports in the browser: a file that was tried, until somebody takes it over or throws it away.

CREATE TABLE pending_import (
    id UUID PRIMARY KEY NOT NULL,
    author_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    file_name TEXT NOT NULL,
    -- The file, byte by byte as it came
    content BYTEA NOT NULL,
    mapping_name TEXT NOT NULL,
    mapping BYTEA NOT NULL,
    -- What it would do, as it was shown
    preview JSONB NOT NULL,
    -- The rows that would be rejected, as a file
    rejects BYTEA,
    created_at BIGINT NOT NULL
);

CREATE INDEX pending_import_by_author ON pending_import (author_id);
