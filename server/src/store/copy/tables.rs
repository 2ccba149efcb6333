//! Every table, as a copy of the store carries it. A test compares this list with both schemas, so
//! that no table and no column is forgotten.

/// How a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Uuid,
    Text,
    Integer,
    Real,
    /// 0 or 1 in SQLite.
    Bool,
    /// A text in SQLite.
    Json,
    /// Travels as base64.
    Bytes,
}

/// A table and its columns.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    pub(super) columns: &'static [(&'static str, Kind)],
    /// What rows are ordered by; unique.
    pub(super) key: &'static [&'static str],
    /// A column that refers to rows of the same table: set when all of them are there.
    pub(super) late: Option<&'static str>,
    /// A column whose numbers the database hands out.
    pub(super) numbered: Option<&'static str>,
}

impl Table {
    pub fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|(name, _)| *name)
    }

    pub(super) fn column(&self, name: &str) -> Option<(&'static str, Kind)> {
        self.columns.iter().find(|(column, _)| *column == name).copied()
    }
}

const fn table(
    name: &'static str,
    key: &'static [&'static str],
    columns: &'static [(&'static str, Kind)],
) -> Table {
    Table { name, columns, key, late: None, numbered: None }
}

use Kind::{Bool, Bytes, Integer, Json, Real, Text, Uuid};

/// Tables that no copy carries: whoever was signed in signs in again, an old copy writes to nobody, and no link that was
/// used or taken back since is good again. A file that was tried was tried on the store of then; what a program was
/// answered is true of the store of then, too.
pub const LEFT_OUT: &[&str] = &[
    "session",
    "mail",
    "mail_token",
    "invitation",
    "pending_import",
    "api_answer",
    // Whoever has ended an alert since would be written to again; and what was purged stays purged.
    "alert",
    "alert_link",
    "alert_news",
    "alert_position",
];

/// All tables; those that others refer to come first.
pub const TABLES: &[Table] = &[
    table(
        "organization",
        &["id"],
        &[
            ("id", Uuid),
            ("slug", Text),
            ("name", Text),
            ("umbrella", Text),
            ("phone", Text),
            ("email", Text),
            ("website", Text),
        ],
    ),
    table("organization_old_slug", &["slug"], &[("slug", Text), ("organization_id", Uuid)]),
    table("municipality", &["id"], &[("id", Uuid), ("ags", Text), ("name", Text), ("aliases", Json)]),
    table(
        "locality",
        &["municipality_id", "name"],
        &[("municipality_id", Uuid), ("name", Text), ("aliases", Json)],
    ),
    table(
        "facility",
        &["id"],
        &[
            ("id", Uuid),
            ("slug", Text),
            ("visibility", Text),
            ("name", Text),
            ("organization_id", Uuid),
            ("owner", Text),
            ("street", Text),
            ("postal_code", Text),
            ("municipality_id", Uuid),
            ("locality", Text),
            ("lat", Real),
            ("lon", Real),
            ("phone", Text),
            ("email", Text),
            ("website", Text),
            ("description", Text),
            ("contacts", Json),
            ("opening_hours", Json),
            ("languages", Json),
            ("accessibility", Json),
            ("source_kind", Text),
            ("source_name", Text),
            ("updated_at", Integer),
            ("import_source", Text),
            ("import_key", Text),
            ("documents", Json),
            ("hidden", Text),
            ("confirmed_at", Integer),
            ("legal", Json),
            ("pictures", Json),
        ],
    ),
    table("facility_old_slug", &["slug"], &[("slug", Text), ("facility_id", Uuid)]),
    Table {
        late: Some("shares_places_with"),
        ..table(
            "offer",
            &["id"],
            &[
                ("id", Uuid),
                ("facility_id", Uuid),
                ("external_id", Text),
                ("care_type", Text),
                ("label", Text),
                ("form", Text),
                ("specialty", Text),
                ("specialisms", Json),
                ("places_total", Integer),
                ("service_area", Json),
                ("cost_share_cents", Integer),
                ("cost_share_as_of", Text),
                ("approval", Text),
                ("quality_report_url", Text),
                ("conditions", Text),
                ("shares_places_with", Uuid),
                ("source_kind", Text),
                ("source_name", Text),
                ("import_source", Text),
                ("is_withdrawn", Bool),
            ],
        )
    },
    Table {
        numbered: Some("sequence"),
        ..table(
            "capacity_report",
            &["sequence"],
            &[
                ("sequence", Integer),
                ("id", Uuid),
                ("offer_id", Uuid),
                ("total", Integer),
                ("free_now", Integer),
                ("free_from", Text),
                ("intake", Text),
                ("waiting_list", Text),
                ("waiting_weeks_min", Integer),
                ("waiting_weeks_max", Integer),
                ("intake_stop", Bool),
                ("intake_stop_until", Text),
                ("only_after_assessment", Bool),
                ("rooms", Text),
                ("for_whom", Text),
                ("remark", Text),
                ("reported_by", Text),
                ("source", Text),
                ("reported_at", Integer),
                ("valid_until", Integer),
                ("periods", Json),
                ("weekdays", Json),
            ],
        )
    },
    table(
        "not_free_report",
        &["report_sequence", "told_on"],
        &[("report_sequence", Integer), ("told_on", Text), ("times", Integer), ("under_review", Bool)],
    ),
    table(
        "account",
        &["id"],
        &[
            ("id", Uuid),
            ("email", Text),
            ("name", Text),
            ("password_hash", Text),
            ("county_role", Text),
            ("totp_secret", Text),
            ("totp_step", Integer),
            ("credentials", Integer),
            ("created_at", Integer),
            ("wants_county_mail", Bool),
            ("county_told_at", Integer),
        ],
    ),
    table(
        "membership",
        &["account_id", "organization_id"],
        &[("account_id", Uuid), ("organization_id", Uuid), ("role", Text)],
    ),
    table("recovery_code", &["account_id", "code_hash"], &[("account_id", Uuid), ("code_hash", Text)]),
    table(
        "audit_log",
        &["sequence"],
        &[
            ("sequence", Integer),
            ("recorded_at", Integer),
            ("actor_id", Uuid),
            ("action", Text),
            ("subject_kind", Text),
            ("subject_id", Uuid),
            ("detail", Text),
            ("hash", Text),
        ],
    ),
    table(
        "draft",
        &["facility_id"],
        &[
            ("facility_id", Uuid),
            ("content", Json),
            ("state", Text),
            ("revision", Integer),
            ("author_id", Uuid),
            ("corrected_by", Uuid),
            ("note", Text),
            ("reason", Text),
            ("changed_at", Integer),
            ("submitted_at", Integer),
        ],
    ),
    table(
        "proposal",
        &["facility_id"],
        &[
            ("facility_id", Uuid),
            ("content", Json),
            ("source_name", Text),
            ("fingerprint", Text),
            ("proposed_at", Integer),
            ("is_decided", Bool),
        ],
    ),
    table(
        "entry_version",
        &["facility_id", "number"],
        &[
            ("facility_id", Uuid),
            ("number", Integer),
            ("content", Json),
            ("author_id", Uuid),
            ("approved_by", Uuid),
            ("reason", Text),
            ("recorded_at", Integer),
        ],
    ),
    table(
        "notice",
        &["id"],
        &[
            ("id", Uuid),
            ("kind", Text),
            ("facility_id", Uuid),
            ("organization_name", Text),
            ("name", Text),
            ("email", Text),
            ("text", Text),
            ("created_at", Integer),
            ("state", Text),
            ("handled_by", Uuid),
            ("handled_at", Integer),
            ("answer", Text),
        ],
    ),
    table(
        "upload",
        &["id"],
        &[
            ("id", Uuid),
            ("facility_id", Uuid),
            ("kind", Text),
            ("name", Text),
            ("content", Bytes),
            ("small", Bytes),
            ("created_at", Integer),
        ],
    ),
    table("offer_validity", &["offer_id"], &[("offer_id", Uuid), ("days", Integer)]),
    table(
        "report_link",
        &["id"],
        &[
            ("id", Uuid),
            ("token_hash", Text),
            ("organization_id", Uuid),
            ("account_id", Uuid),
            ("label", Text),
            ("created_at", Integer),
            ("expires_at", Integer),
            ("revoked_at", Integer),
            ("used_at", Integer),
        ],
    ),
    table(
        "reminder_setting",
        &["account_id"],
        &[("account_id", Uuid), ("before_expiry", Bool), ("expired", Bool), ("paused_until", Text)],
    ),
    table("reminder", &["account_id", "day"], &[("account_id", Uuid), ("day", Text), ("token_hash", Text)]),
    table(
        "reminded",
        &["account_id", "offer_id", "report_sequence", "kind"],
        &[
            ("account_id", Uuid),
            ("offer_id", Uuid),
            ("report_sequence", Integer),
            ("kind", Text),
            ("reminded_at", Integer),
        ],
    ),
    table(
        "follow_up",
        &["facility_id"],
        &[
            ("facility_id", Uuid),
            ("remind_on", Text),
            ("note", Text),
            ("author_id", Uuid),
            ("noted_at", Integer),
        ],
    ),
    table(
        "api_token",
        &["id"],
        &[
            ("id", Uuid),
            ("token_hash", Text),
            ("organization_id", Uuid),
            ("facility_id", Uuid),
            ("name", Text),
            ("created_by", Uuid),
            ("created_at", Integer),
            ("used_at", Integer),
            ("revoked_at", Integer),
        ],
    ),
    table(
        "care_type_change",
        &["slug"],
        &[
            ("slug", Text),
            ("name", Text),
            ("care_group", Text),
            ("light", Text),
            ("valid_days", Integer),
            ("related", Json),
            ("comes_to_people", Bool),
            ("is_hidden", Bool),
            ("created_at", Integer),
        ],
    ),
    table(
        "specialism_change",
        &["slug"],
        &[("slug", Text), ("name", Text), ("is_hidden", Bool), ("created_at", Integer)],
    ),
    table(
        "lexicon_line",
        &["id"],
        &[
            ("id", Uuid),
            ("words", Json),
            ("care_types", Json),
            ("specialisms", Json),
            ("same_as", Json),
            ("author_id", Uuid),
            ("changed_at", Integer),
        ],
    ),
    table("setting", &["name"], &[("name", Text), ("value", Text)]),
    Table {
        numbered: Some("id"),
        ..table(
            "gazetteer_place",
            &["id"],
            &[
                ("id", Integer),
                ("postal_code", Text),
                ("name", Text),
                ("county", Text),
                ("county_key", Text),
                ("state", Text),
                ("lat", Real),
                ("lon", Real),
            ],
        )
    },
    Table {
        numbered: Some("sequence"),
        ..table(
            "change_log",
            &["sequence"],
            &[("sequence", Integer), ("kind", Text), ("entry_id", Uuid), ("recorded_at", Integer)],
        )
    },
];
