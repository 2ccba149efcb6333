-- The directory: organizations, municipalities, facilities, offers, capacity reports, gazetteer and
-- the change log. Ids are UUIDv7, instants are microseconds since 1970 in UTC, dates are ISO 8601
-- texts. What has no identity of its own (contacts, hours, languages …) is one JSON document.

CREATE TABLE organization (
    id BLOB PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    -- Dachverband
    umbrella TEXT,
    phone TEXT,
    email TEXT,
    website TEXT
) STRICT;

CREATE UNIQUE INDEX organization_by_name ON organization (name, (COALESCE(umbrella, '')));

CREATE TABLE organization_old_slug (
    slug TEXT PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organization (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE municipality (
    id BLOB PRIMARY KEY NOT NULL,
    -- Amtlicher Gemeindeschlüssel; unknown where a file gave the municipality none of its own
    ags TEXT UNIQUE CHECK (length(ags) = 8),
    name TEXT NOT NULL CHECK (name <> ''),
    aliases TEXT NOT NULL
) STRICT;

CREATE INDEX municipality_by_name ON municipality (name);

-- Ortsteil
CREATE TABLE locality (
    municipality_id BLOB NOT NULL REFERENCES municipality (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (name <> ''),
    aliases TEXT NOT NULL,
    PRIMARY KEY (municipality_id, name)
) STRICT;

CREATE TABLE facility (
    id BLOB PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'draft')),
    name TEXT NOT NULL,
    organization_id BLOB REFERENCES organization (id),
    owner TEXT,
    street TEXT,
    postal_code TEXT CHECK (length(postal_code) = 5),
    municipality_id BLOB REFERENCES municipality (id),
    locality TEXT,
    lat REAL CHECK (lat BETWEEN -90 AND 90),
    lon REAL CHECK (lon BETWEEN -180 AND 180),
    phone TEXT,
    email TEXT,
    website TEXT,
    description TEXT,
    contacts TEXT NOT NULL,
    opening_hours TEXT NOT NULL,
    languages TEXT NOT NULL,
    -- feature → true or false; a feature that is missing is not known
    accessibility TEXT NOT NULL,
    source_kind TEXT NOT NULL CHECK (source_kind IN ('import', 'provider', 'county')),
    source_name TEXT,
    updated_at INTEGER NOT NULL,
    -- The key under which an import finds the facility again, whoever edits it later.
    import_source TEXT,
    import_key TEXT,
    CHECK (visibility = 'draft' OR name <> ''),
    CHECK ((lat IS NULL) = (lon IS NULL)),
    CHECK ((source_kind = 'import') = (source_name IS NOT NULL)),
    CHECK ((import_source IS NULL) = (import_key IS NULL)),
    UNIQUE (import_source, import_key),
    FOREIGN KEY (municipality_id, locality) REFERENCES locality (municipality_id, name)
) STRICT;

CREATE INDEX facility_by_organization ON facility (organization_id);
CREATE INDEX facility_by_locality ON facility (municipality_id, locality);

CREATE TABLE facility_old_slug (
    slug TEXT PRIMARY KEY NOT NULL,
    facility_id BLOB NOT NULL REFERENCES facility (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE offer (
    id BLOB PRIMARY KEY NOT NULL,
    facility_id BLOB NOT NULL REFERENCES facility (id),
    external_id TEXT,
    care_type TEXT NOT NULL CHECK (care_type <> ''),
    label TEXT,
    form TEXT CHECK (form IN ('standalone', 'embedded', 'residential', 'at_home', 'hourly')),
    specialty TEXT,
    specialisms TEXT NOT NULL,
    places_total INTEGER CHECK (places_total >= 0),
    service_area TEXT,
    cost_share_cents INTEGER,
    cost_share_as_of TEXT,
    approval TEXT CHECK (approval IN ('approved', 'not_approved')),
    quality_report_url TEXT,
    conditions TEXT,
    shares_places_with BLOB REFERENCES offer (id),
    source_kind TEXT NOT NULL CHECK (source_kind IN ('import', 'provider', 'county')),
    source_name TEXT,
    -- The import that external_id belongs to, whoever edits the offer later.
    import_source TEXT,
    CHECK ((cost_share_cents IS NULL) = (cost_share_as_of IS NULL)),
    CHECK ((source_kind = 'import') = (source_name IS NOT NULL)),
    UNIQUE (import_source, external_id)
) STRICT;

CREATE INDEX offer_by_facility ON offer (facility_id);
CREATE INDEX offer_by_shared_places ON offer (shares_places_with);

-- Kapazitätsmeldung: append-only, see the triggers below.
CREATE TABLE capacity_report (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    offer_id BLOB NOT NULL REFERENCES offer (id),
    total INTEGER CHECK (total >= 0),
    free_now INTEGER CHECK (free_now >= 0),
    free_from TEXT,
    intake TEXT NOT NULL CHECK (intake IN ('accepting', 'waiting', 'stopped', 'not_said')),
    waiting_list TEXT NOT NULL CHECK (waiting_list IN ('open', 'closed', 'none', 'not_said')),
    waiting_weeks_min INTEGER CHECK (waiting_weeks_min >= 0),
    waiting_weeks_max INTEGER CHECK (waiting_weeks_max >= waiting_weeks_min),
    intake_stop INTEGER NOT NULL,
    intake_stop_until TEXT,
    only_after_assessment INTEGER NOT NULL,
    rooms TEXT,
    for_whom TEXT,
    remark TEXT,
    reported_by TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('provider', 'county', 'api', 'phone', 'import')),
    reported_at INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    CHECK ((waiting_weeks_min IS NULL) = (waiting_weeks_max IS NULL))
) STRICT;

CREATE INDEX capacity_report_by_offer ON capacity_report (offer_id, sequence);

CREATE TRIGGER capacity_report_no_update BEFORE UPDATE ON capacity_report
BEGIN
    SELECT RAISE(ABORT, 'capacity reports are append-only');
END;

CREATE TRIGGER capacity_report_no_delete BEFORE DELETE ON capacity_report
BEGIN
    SELECT RAISE(ABORT, 'capacity reports are append-only');
END;

-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER capacity_report_no_replace BEFORE INSERT ON capacity_report
WHEN EXISTS (SELECT 1 FROM capacity_report WHERE id = NEW.id OR sequence = NEW.sequence)
BEGIN
    SELECT RAISE(ABORT, 'capacity reports are append-only');
END;

CREATE TABLE gazetteer_place (
    id INTEGER PRIMARY KEY,
    postal_code TEXT NOT NULL CHECK (length(postal_code) = 5),
    name TEXT NOT NULL,
    county TEXT NOT NULL,
    county_key TEXT NOT NULL,
    state TEXT NOT NULL,
    lat REAL NOT NULL,
    lon REAL NOT NULL
) STRICT;

-- Written last in the transaction that makes the change, so that its order is the order of commits.
CREATE TABLE change_log (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('facility', 'organization', 'municipality', 'gazetteer')),
    entry_id BLOB,
    recorded_at INTEGER NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000000 AS INTEGER))
) STRICT;
