-- Mail that waits to be sent, what is proved by a link in one, and who was invited.

-- A row is gone once its mail was sent.
CREATE TABLE mail (
    id UUID PRIMARY KEY NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- Both empty once it was given up: links in them are secret.
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    -- NULL: given up
    next_attempt_at BIGINT
);

CREATE INDEX mail_by_next_attempt ON mail (next_attempt_at);

-- A link that was sent to somebody; it is taken once.
CREATE TABLE mail_token (
    -- SHA-256 of what the link holds, hexadecimal
    token_hash TEXT PRIMARY KEY NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- account.credentials when it was made: after a change of the password it is worth nothing
    credentials BIGINT NOT NULL,
    -- The address that is to become the account's; NULL: the link is for a new password.
    new_email TEXT,
    expires_at BIGINT NOT NULL
);

CREATE INDEX mail_token_by_account ON mail_token (account_id);

-- Somebody who may make an account, or has one and may become more: in the county, or in an organization.
CREATE TABLE invitation (
    id UUID PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL CHECK (email <> ''),
    county_role TEXT CHECK (county_role IN ('administrator', 'editor')),
    organization_id UUID REFERENCES organization (id) ON DELETE CASCADE,
    organization_role TEXT CHECK (organization_role IN ('owner', 'editor', 'capacity')),
    invited_by UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CHECK ((organization_id IS NULL) = (organization_role IS NULL)),
    CHECK ((county_role IS NULL) <> (organization_id IS NULL))
);

-- Who is invited again to the same gets a new link, and the old one is worth nothing.
CREATE UNIQUE INDEX invitation_to_county ON invitation (email) WHERE organization_id IS NULL;
CREATE UNIQUE INDEX invitation_to_organization ON invitation (email, organization_id)
WHERE organization_id IS NOT NULL;
