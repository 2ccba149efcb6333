-- Alerts: people without an account who want to be told when something becomes free.

CREATE TABLE alert (
    id UUID PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    -- The search, as its address says it
    query TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- NULL: whoever has the mailbox has not said yes yet
    confirmed_at BIGINT,
    -- From this instant on it is nothing, and is deleted
    ends_at BIGINT NOT NULL,
    -- When it has written last
    told_at BIGINT
);

CREATE INDEX alert_by_email ON alert (email);
CREATE INDEX alert_by_end ON alert (ends_at);

-- Links in mails: they confirm, show and end alerts.
CREATE TABLE alert_link (
    -- SHA-256 of what the link holds, hexadecimal
    token_hash TEXT NOT NULL,
    alert_id UUID NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
    PRIMARY KEY (token_hash, alert_id)
);

CREATE INDEX alert_link_by_alert ON alert_link (alert_id);

-- What each alert knows: an offer that is free since a report.
CREATE TABLE alert_news (
    alert_id UUID NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
    facility_id UUID NOT NULL,
    offer_id UUID NOT NULL,
    report_sequence BIGINT NOT NULL,
    -- false: it waits for the next mail
    is_told BOOLEAN NOT NULL,
    PRIMARY KEY (alert_id, offer_id, report_sequence)
);

CREATE INDEX alert_news_by_offer ON alert_news (offer_id, report_sequence);
CREATE INDEX alert_news_waiting ON alert_news (alert_id) WHERE NOT is_told;

-- The number of the last change that was looked at for all alerts.
CREATE TABLE alert_position (
    id BIGINT PRIMARY KEY NOT NULL CHECK (id = 1),
    up_to BIGINT NOT NULL
);
