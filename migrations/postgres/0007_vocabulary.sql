-- What a county changes in the browser of care types, specialisms and the words of the search. Empty columns
-- leave what the program and portal.toml say.

CREATE TABLE care_type_change (
    slug TEXT PRIMARY KEY NOT NULL,
    name TEXT,
    care_group TEXT CHECK (care_group IN ('residential', 'at_home', 'housing', 'hospice', 'advice', 'medicine', 'prevention')),
    light TEXT CHECK (light IN ('places', 'intake', 'none')),
    valid_days BIGINT,
    related JSONB,
    comes_to_people BOOLEAN,
    is_hidden BOOLEAN,
    -- New types stand at the end, in this order.
    created_at BIGINT NOT NULL
);

CREATE TABLE specialism_change (
    slug TEXT PRIMARY KEY NOT NULL,
    name TEXT,
    is_hidden BOOLEAN,
    created_at BIGINT NOT NULL
);

-- What people call things in this county.
CREATE TABLE lexicon_line (
    id UUID PRIMARY KEY NOT NULL,
    words JSONB NOT NULL,
    care_types JSONB NOT NULL,
    specialisms JSONB NOT NULL,
    same_as JSONB NOT NULL,
    -- Who changed it last
    author_id UUID,
    changed_at BIGINT NOT NULL
);

ALTER TABLE change_log DROP CONSTRAINT change_log_kind_check;
ALTER TABLE change_log ADD CONSTRAINT change_log_kind_check
    CHECK (kind IN ('facility', 'organization', 'municipality', 'gazetteer', 'vocabulary'));
