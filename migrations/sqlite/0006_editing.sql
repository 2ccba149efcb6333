-- Editing: drafts that wait for approval, what imports propose, versions that were live, and what people
-- write about entries.

-- Why an entry that is not public is kept: withdrawn by the county (archived), or by those who run it (declined).
ALTER TABLE facility ADD COLUMN hidden TEXT CHECK (hidden IN ('archived', 'declined'));
-- When somebody who runs it last said that everything is right.
ALTER TABLE facility ADD COLUMN confirmed_at INTEGER;
-- Who answers for it in law, as one document.
ALTER TABLE facility ADD COLUMN legal TEXT NOT NULL DEFAULT '{}';

-- Withdrawn offers keep their reports and are shown nowhere.
ALTER TABLE offer ADD COLUMN is_withdrawn INTEGER NOT NULL DEFAULT 0;

-- One for each entry; the live one stays until it is approved.
CREATE TABLE draft (
    facility_id BLOB PRIMARY KEY NOT NULL REFERENCES facility (id),
    -- The facility with its offers as it is to become
    content TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('editing', 'submitted', 'returned')),
    -- Grows with every change: whoever decides has seen this one.
    revision INTEGER NOT NULL,
    -- Who changed it last; nobody else is named, so that names can be removed.
    author_id BLOB,
    -- Who of the county corrected what was submitted
    corrected_by BLOB,
    -- From whoever submits it to the county
    note TEXT,
    -- Why the county returned it
    reason TEXT,
    changed_at INTEGER NOT NULL,
    submitted_at INTEGER,
    CHECK ((state = 'submitted') = (submitted_at IS NOT NULL))
) STRICT;

CREATE INDEX draft_by_submission ON draft (submitted_at);

-- What an import would make of an entry that people edit by hand.
CREATE TABLE proposal (
    facility_id BLOB PRIMARY KEY NOT NULL REFERENCES facility (id),
    content TEXT NOT NULL,
    source_name TEXT NOT NULL,
    -- SHA-256 of what the file says, hexadecimal: the same is not proposed twice.
    fingerprint TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    -- The county has taken it over or not; the same is not proposed again.
    is_decided INTEGER NOT NULL
) STRICT;

-- What was live, the oldest with number 1.
CREATE TABLE entry_version (
    facility_id BLOB NOT NULL REFERENCES facility (id),
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    author_id BLOB,
    approved_by BLOB,
    reason TEXT,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (facility_id, number)
) STRICT;

-- Hinweis: what somebody without an account wrote.
CREATE TABLE notice (
    id BLOB PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('wrong', 'claim', 'decline', 'registration')),
    facility_id BLOB REFERENCES facility (id),
    -- The organization that somebody speaks for
    organization_name TEXT,
    name TEXT,
    email TEXT,
    text TEXT NOT NULL CHECK (text <> ''),
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
    handled_by BLOB,
    handled_at INTEGER,
    answer TEXT,
    CHECK ((state = 'open') = (handled_at IS NULL)),
    CHECK ((kind = 'registration') = (facility_id IS NULL))
) STRICT;

CREATE INDEX notice_by_state ON notice (state, created_at);
CREATE INDEX notice_by_facility ON notice (facility_id);
