-- Who works with the portal: accounts, what they are in the county and in organizations, where they are
-- signed in, and what was done (audit log).

CREATE TABLE account (
    id BLOB PRIMARY KEY NOT NULL,
    -- lower case
    email TEXT NOT NULL UNIQUE CHECK (email <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    -- argon2id in PHC string format
    password_hash TEXT NOT NULL,
    county_role TEXT CHECK (county_role IN ('administrator', 'editor')),
    -- base32; NULL: no second factor
    totp_secret TEXT,
    -- The time step of the last code that was taken: none is taken twice.
    totp_step INTEGER,
    -- Grows with every change of password or second factor: sessions of before are worth nothing.
    credentials INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE membership (
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    organization_id BLOB NOT NULL REFERENCES organization (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'capacity')),
    PRIMARY KEY (account_id, organization_id)
) STRICT;

CREATE INDEX membership_by_organization ON membership (organization_id);

-- One-time codes for whoever has lost the second factor; a code that was used is gone.
CREATE TABLE recovery_code (
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- SHA-256, hexadecimal
    code_hash TEXT NOT NULL,
    PRIMARY KEY (account_id, code_hash)
) STRICT;

CREATE TABLE session (
    id BLOB PRIMARY KEY NOT NULL,
    -- SHA-256 of what the cookie holds, hexadecimal: who reads this table is nobody.
    key_hash TEXT NOT NULL UNIQUE,
    -- NULL until the password was right
    account_id BLOB REFERENCES account (id) ON DELETE CASCADE,
    data TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT;

CREATE INDEX session_by_account ON session (account_id);

-- Append-only; each row carries the hash of the one before. It names accounts by their id alone, so that
-- somebody's name can be removed without breaking the chain.
CREATE TABLE audit_log (
    sequence INTEGER PRIMARY KEY NOT NULL,
    recorded_at INTEGER NOT NULL,
    -- Who did it; NULL: the program, or somebody at its command line
    actor_id BLOB,
    action TEXT NOT NULL CHECK (action <> ''),
    subject_kind TEXT,
    subject_id BLOB,
    -- What changed, as JSON text: its bytes are part of the hash.
    detail TEXT NOT NULL,
    -- SHA-256, hexadecimal
    hash TEXT NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_log_no_replace BEFORE INSERT ON audit_log
WHEN EXISTS (SELECT 1 FROM audit_log WHERE sequence = NEW.sequence OR hash = NEW.hash)
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
