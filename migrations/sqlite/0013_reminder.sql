-- Reminders to report: who wants which, who got which, and what the county has noted where it phones.

-- Whoever has no row wants all of them.
CREATE TABLE reminder_setting (
    account_id BLOB PRIMARY KEY NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    before_expiry INTEGER NOT NULL,
    expired INTEGER NOT NULL,
    -- The last day of a pause
    paused_until TEXT
) STRICT;

-- A mail that was written: one for each person and day (of Berlin).
CREATE TABLE reminder (
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    -- SHA-256 of what its link holds that ends the reminders, hexadecimal
    token_hash TEXT NOT NULL UNIQUE,
    PRIMARY KEY (account_id, day)
) STRICT;

-- What it said: nobody hears the same twice.
CREATE TABLE reminded (
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    offer_id BLOB NOT NULL REFERENCES offer (id),
    -- capacity_report.sequence of the report that ends, or has ended
    report_sequence INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('before_expiry', 'expired')),
    reminded_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, offer_id, report_sequence, kind)
) STRICT;

CREATE INDEX reminded_by_offer ON reminded (offer_id);

-- The county has put off a facility that does not report.
CREATE TABLE follow_up (
    facility_id BLOB PRIMARY KEY NOT NULL REFERENCES facility (id) ON DELETE CASCADE,
    remind_on TEXT NOT NULL,
    note TEXT NOT NULL,
    -- Of an account that may be gone
    author_id BLOB,
    noted_at INTEGER NOT NULL
) STRICT;

-- The whole address that ends mails of this kind; NULL: nobody has asked for them to go on.
ALTER TABLE mail ADD COLUMN unsubscribe TEXT;
