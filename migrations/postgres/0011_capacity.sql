-- The capacity loop: when places are free, how long reports of an offer hold, and links that report.

-- Stretches of days, and weekdays from Monday to Sunday; null: not said.
ALTER TABLE capacity_report ADD COLUMN periods JSONB NOT NULL DEFAULT '[]';
ALTER TABLE capacity_report ADD COLUMN weekdays JSONB NOT NULL
DEFAULT '[null,null,null,null,null,null,null]';

-- Where the county wants another number of days than the type of an offer has.
CREATE TABLE offer_validity (
    offer_id UUID PRIMARY KEY NOT NULL REFERENCES offer (id),
    days BIGINT NOT NULL CHECK (days BETWEEN 1 AND 365)
);

-- Whoever has such a link reports capacity for an organization, and does nothing else.
CREATE TABLE report_link (
    id UUID PRIMARY KEY NOT NULL,
    -- SHA-256 of what the link holds, hexadecimal
    token_hash TEXT NOT NULL UNIQUE,
    organization_id UUID NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    -- Whom it was sent to; NULL: it is on a card
    account_id UUID REFERENCES account (id) ON DELETE CASCADE,
    -- What the card is called, for example "Büro"
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- NULL: until it is switched off
    expires_at BIGINT,
    revoked_at BIGINT,
    used_at BIGINT,
    CHECK (account_id IS NULL OR expires_at IS NOT NULL)
);

CREATE INDEX report_link_by_organization ON report_link (organization_id);
CREATE INDEX report_link_by_account ON report_link (account_id);
