-- The directory: organizations, municipalities, facilities, offers, capacity reports, gazetteer and
-- the change log. Ids are UUIDv7, instants are microseconds since 1970 in UTC, dates are ISO 8601
-- texts. What has no identity of its own (contacts, hours, languages …) is one JSON document.

CREATE TABLE organization (
    id UUID PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    -- Dachverband
    umbrella TEXT,
    phone TEXT,
    email TEXT,
    website TEXT
);

CREATE UNIQUE INDEX organization_by_name ON organization (name, (COALESCE(umbrella, '')));

CREATE TABLE organization_old_slug (
    slug TEXT PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organization (id) ON DELETE CASCADE
);

CREATE TABLE municipality (
    id UUID PRIMARY KEY NOT NULL,
    -- Amtlicher Gemeindeschlüssel; unknown where a file gave the municipality none of its own
    ags TEXT UNIQUE CHECK (length(ags) = 8),
    name TEXT NOT NULL CHECK (name <> ''),
    aliases JSONB NOT NULL
);

CREATE INDEX municipality_by_name ON municipality (name);

-- Ortsteil
CREATE TABLE locality (
    municipality_id UUID NOT NULL REFERENCES municipality (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (name <> ''),
    aliases JSONB NOT NULL,
    PRIMARY KEY (municipality_id, name)
);

CREATE TABLE facility (
    id UUID PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'draft')),
    name TEXT NOT NULL,
    organization_id UUID REFERENCES organization (id),
    owner TEXT,
    street TEXT,
    postal_code TEXT CHECK (length(postal_code) = 5),
    municipality_id UUID REFERENCES municipality (id),
    locality TEXT,
    lat DOUBLE PRECISION CHECK (lat BETWEEN -90 AND 90),
    lon DOUBLE PRECISION CHECK (lon BETWEEN -180 AND 180),
    phone TEXT,
    email TEXT,
    website TEXT,
    description TEXT,
    contacts JSONB NOT NULL,
    opening_hours JSONB NOT NULL,
    languages JSONB NOT NULL,
    -- feature → true or false; a feature that is missing is not known
    accessibility JSONB NOT NULL,
    source_kind TEXT NOT NULL CHECK (source_kind IN ('import', 'provider', 'county')),
    source_name TEXT,
    updated_at BIGINT NOT NULL,
    -- The key under which an import finds the facility again, whoever edits it later.
    import_source TEXT,
    import_key TEXT,
    CHECK (visibility = 'draft' OR name <> ''),
    CHECK ((lat IS NULL) = (lon IS NULL)),
    CHECK ((source_kind = 'import') = (source_name IS NOT NULL)),
    CHECK ((import_source IS NULL) = (import_key IS NULL)),
    UNIQUE (import_source, import_key),
    FOREIGN KEY (municipality_id, locality) REFERENCES locality (municipality_id, name)
);

CREATE INDEX facility_by_organization ON facility (organization_id);
CREATE INDEX facility_by_locality ON facility (municipality_id, locality);

CREATE TABLE facility_old_slug (
    slug TEXT PRIMARY KEY NOT NULL,
    facility_id UUID NOT NULL REFERENCES facility (id) ON DELETE CASCADE
);

CREATE TABLE offer (
    id UUID PRIMARY KEY NOT NULL,
    facility_id UUID NOT NULL REFERENCES facility (id),
    external_id TEXT,
    care_type TEXT NOT NULL CHECK (care_type <> ''),
    label TEXT,
    form TEXT CHECK (form IN ('standalone', 'embedded', 'residential', 'at_home', 'hourly')),
    specialty TEXT,
    specialisms JSONB NOT NULL,
    places_total BIGINT CHECK (places_total >= 0),
    service_area JSONB,
    cost_share_cents BIGINT,
    cost_share_as_of TEXT,
    approval TEXT CHECK (approval IN ('approved', 'not_approved')),
    quality_report_url TEXT,
    conditions TEXT,
    shares_places_with UUID REFERENCES offer (id),
    source_kind TEXT NOT NULL CHECK (source_kind IN ('import', 'provider', 'county')),
    source_name TEXT,
    -- The import that external_id belongs to, whoever edits the offer later.
    import_source TEXT,
    CHECK ((cost_share_cents IS NULL) = (cost_share_as_of IS NULL)),
    CHECK ((source_kind = 'import') = (source_name IS NOT NULL)),
    UNIQUE (import_source, external_id)
);

CREATE INDEX offer_by_facility ON offer (facility_id);
CREATE INDEX offer_by_shared_places ON offer (shares_places_with);

-- Kapazitätsmeldung: append-only, see the triggers below.
CREATE TABLE capacity_report (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    offer_id UUID NOT NULL REFERENCES offer (id),
    total BIGINT CHECK (total >= 0),
    free_now BIGINT CHECK (free_now >= 0),
    free_from TEXT,
    intake TEXT NOT NULL CHECK (intake IN ('accepting', 'waiting', 'stopped', 'not_said')),
    waiting_list TEXT NOT NULL CHECK (waiting_list IN ('open', 'closed', 'none', 'not_said')),
    waiting_weeks_min BIGINT CHECK (waiting_weeks_min >= 0),
    waiting_weeks_max BIGINT CHECK (waiting_weeks_max >= waiting_weeks_min),
    intake_stop BOOLEAN NOT NULL,
    intake_stop_until TEXT,
    only_after_assessment BOOLEAN NOT NULL,
    rooms TEXT,
    for_whom TEXT,
    remark TEXT,
    reported_by TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('provider', 'county', 'api', 'phone', 'import')),
    reported_at BIGINT NOT NULL,
    valid_until BIGINT NOT NULL,
    CHECK ((waiting_weeks_min IS NULL) = (waiting_weeks_max IS NULL))
);

CREATE INDEX capacity_report_by_offer ON capacity_report (offer_id, sequence);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'capacity reports are append-only';
END;
$$;

CREATE TRIGGER capacity_report_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON capacity_report
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE gazetteer_place (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    postal_code TEXT NOT NULL CHECK (length(postal_code) = 5),
    name TEXT NOT NULL,
    county TEXT NOT NULL,
    county_key TEXT NOT NULL,
    state TEXT NOT NULL,
    lat DOUBLE PRECISION NOT NULL,
    lon DOUBLE PRECISION NOT NULL
);

-- Written last in the transaction that makes the change, so that its order is the order of commits.
CREATE TABLE change_log (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('facility', 'organization', 'municipality', 'gazetteer')),
    entry_id UUID,
    recorded_at BIGINT NOT NULL DEFAULT (CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT))
);
