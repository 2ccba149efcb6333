-- Programs that report: their accesses, and what they were answered.

-- Whoever has its secret reports capacity for an organization, and does nothing else.
CREATE TABLE api_token (
    id UUID PRIMARY KEY NOT NULL,
    -- SHA-256 of the secret, hexadecimal
    token_hash TEXT NOT NULL UNIQUE,
    organization_id UUID NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    -- The one facility it reports for; NULL: all of the organization
    facility_id UUID REFERENCES facility (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- Who made it; NULL: that account is gone, and the access is worth nothing
    created_by UUID REFERENCES account (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT
);

CREATE INDEX api_token_by_organization ON api_token (organization_id);
CREATE INDEX api_token_by_account ON api_token (created_by);
CREATE INDEX api_token_by_facility ON api_token (facility_id);

-- Calls that may come twice: the same key gets the same answer for a day.
CREATE TABLE api_answer (
    token_id UUID NOT NULL REFERENCES api_token (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    -- SHA-256 of what was asked, hexadecimal
    request_hash TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    -- NULL: it still runs
    answer TEXT,
    PRIMARY KEY (token_id, key)
);

CREATE INDEX api_answer_by_time ON api_answer (begun_at);
