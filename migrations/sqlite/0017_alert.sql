-- Alerts: people without an account who want to be told when something becomes free.

CREATE TABLE alert (
    id BLOB PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    -- The search, as its address says it
    query TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- NULL: whoever has the mailbox has not said yes yet
    confirmed_at INTEGER,
    -- From this instant on it is nothing, and is deleted
    ends_at INTEGER NOT NULL,
    -- When it has written last
    told_at INTEGER
) STRICT;

CREATE INDEX alert_by_email ON alert (email);
CREATE INDEX alert_by_end ON alert (ends_at);

-- Links in mails: they confirm, show and end alerts.
CREATE TABLE alert_link (
    -- SHA-256 of what the link holds, hexadecimal
    token_hash TEXT NOT NULL,
    alert_id BLOB NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
    PRIMARY KEY (token_hash, alert_id)
) STRICT;

CREATE INDEX alert_link_by_alert ON alert_link (alert_id);

-- What each alert knows: an offer that is free since a report.
CREATE TABLE alert_news (
    alert_id BLOB NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
    facility_id BLOB NOT NULL,
    offer_id BLOB NOT NULL,
    report_sequence INTEGER NOT NULL,
    -- 0: it waits for the next mail
    is_told INTEGER NOT NULL CHECK (is_told IN (0, 1)),
    PRIMARY KEY (alert_id, offer_id, report_sequence)
) STRICT;

CREATE INDEX alert_news_by_offer ON alert_news (offer_id, report_sequence);
CREATE INDEX alert_news_waiting ON alert_news (alert_id) WHERE NOT is_told;

-- The number of the last change that was looked at for all alerts.
CREATE TABLE alert_position (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    up_to INTEGER NOT NULL
) STRICT;
