-- Editing: drafts that wait for approval, what imports propose, versions that were live, and what people
-- write about entries.

-- Why an entry that is not public is kept: withdrawn by the county (archived), or by those who run it (declined).
ALTER TABLE facility ADD COLUMN hidden TEXT CHECK (hidden IN ('archived', 'declined'));
-- When somebody who runs it last said that everything is right.
ALTER TABLE facility ADD COLUMN confirmed_at BIGINT;
-- Who answers for it in law, as one document.
ALTER TABLE facility ADD COLUMN legal JSONB NOT NULL DEFAULT '{}';

-- Withdrawn offers keep their reports and are shown nowhere.
ALTER TABLE offer ADD COLUMN is_withdrawn BOOLEAN NOT NULL DEFAULT FALSE;

-- One for each entry; the live one stays until it is approved.
CREATE TABLE draft (
    facility_id UUID PRIMARY KEY NOT NULL REFERENCES facility (id),
    -- The facility with its offers as it is to become
    content JSONB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('editing', 'submitted', 'returned')),
    -- Grows with every change: whoever decides has seen this one.
    revision BIGINT NOT NULL,
    -- Who changed it last; nobody else is named, so that names can be removed.
    author_id UUID,
    -- Who of the county corrected what was submitted
    corrected_by UUID,
    -- From whoever submits it to the county
    note TEXT,
    -- Why the county returned it
    reason TEXT,
    changed_at BIGINT NOT NULL,
    submitted_at BIGINT,
    CHECK ((state = 'submitted') = (submitted_at IS NOT NULL))
);

CREATE INDEX draft_by_submission ON draft (submitted_at);

-- What an import would make of an entry that people edit by hand.
CREATE TABLE proposal (
    facility_id UUID PRIMARY KEY NOT NULL REFERENCES facility (id),
    content JSONB NOT NULL,
    source_name TEXT NOT NULL,
    -- SHA-256 of what the file says, hexadecimal: the same is not proposed twice.
    fingerprint TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    -- The county has taken it over or not; the same is not proposed again.
    is_decided BOOLEAN NOT NULL
);

-- What was live, the oldest with number 1.
CREATE TABLE entry_version (
    facility_id UUID NOT NULL REFERENCES facility (id),
    number BIGINT NOT NULL,
    content JSONB NOT NULL,
    author_id UUID,
    approved_by UUID,
    reason TEXT,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (facility_id, number)
);

-- Hinweis: what somebody without an account wrote.
CREATE TABLE notice (
    id UUID PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('wrong', 'claim', 'decline', 'registration')),
    facility_id UUID REFERENCES facility (id),
    -- The organization that somebody speaks for
    organization_name TEXT,
    name TEXT,
    email TEXT,
    text TEXT NOT NULL CHECK (text <> ''),
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
    handled_by UUID,
    handled_at BIGINT,
    answer TEXT,
    CHECK ((state = 'open') = (handled_at IS NULL)),
    CHECK ((kind = 'registration') = (facility_id IS NULL))
);

CREATE INDEX notice_by_state ON notice (state, created_at);
CREATE INDEX notice_by_facility ON notice (facility_id);
