-- Pictures and documents that the portal itself keeps, so that every node and every backup has them.

ALTER TABLE facility ADD COLUMN pictures JSONB NOT NULL DEFAULT '[]';

CREATE TABLE upload (
    id UUID PRIMARY KEY NOT NULL,
    facility_id UUID NOT NULL REFERENCES facility (id),
    kind TEXT NOT NULL CHECK (kind IN ('picture', 'document')),
    -- Under which name it is saved by whoever loads it down
    name TEXT NOT NULL,
    content BYTEA NOT NULL,
    -- A picture for phones
    small BYTEA,
    created_at BIGINT NOT NULL,
    CHECK ((kind = 'picture') = (small IS NOT NULL))
);

CREATE INDEX upload_by_facility ON upload (facility_id);
