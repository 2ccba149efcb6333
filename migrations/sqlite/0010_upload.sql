-- Pictures and documents that the portal itself keeps, so that every node and every backup has them.

ALTER TABLE facility ADD COLUMN pictures TEXT NOT NULL DEFAULT '[]';

CREATE TABLE upload (
    id BLOB PRIMARY KEY NOT NULL,
    facility_id BLOB NOT NULL REFERENCES facility (id),
    kind TEXT NOT NULL CHECK (kind IN ('picture', 'document')),
    -- Under which name it is saved by whoever loads it down
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    -- A picture for phones
    small BLOB,
    created_at INTEGER NOT NULL,
    CHECK ((kind = 'picture') = (small IS NOT NULL))
) STRICT;

CREATE INDEX upload_by_facility ON upload (facility_id);
