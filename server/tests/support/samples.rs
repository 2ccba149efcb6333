//! Invented entries for tests.

#[path = "samples/capacity.rs"]
pub mod capacity;

use std::collections::BTreeMap;

use app::domain::{
    accessibility::{Accessibility, Feature},
    capacity::{CapacityReport, FreePeriod, FreeTimes, Intake, ReportSource, WaitingList},
    care_type::CareTypeSlug,
    facility::{Address, Contact, Document, Facility, LegalParticulars, Visibility},
    ids::{FacilityId, MunicipalityId, OfferId, OrganizationId, ReportId, Slug, UploadId},
    offer::{Approval, CostShare, Offer, OfferForm, ServiceArea, Source},
    opening_hours::{OpenSpan, OpeningHours},
    organization::Organization,
    place::{Ags, GazetteerPlace, Municipality, Position, PostalCode},
    upload::Picture,
};
use time::{
    OffsetDateTime,
    macros::{date, datetime},
};
use uuid::Uuid;

pub const IMPORT: &str = "Musterliste";

pub fn organization(name: &str) -> Organization {
    Organization {
        id: OrganizationId(Uuid::now_v7()),
        slug: Slug::from_name(name),
        name: name.to_owned(),
        umbrella: Some("Diakonie".to_owned()),
        phone: Some("03871 1000".to_owned()),
        email: Some("info@example.org".to_owned()),
        website: Some("https://example.org".to_owned()),
    }
}

pub fn municipality(name: &str, ags: Option<&str>) -> Municipality {
    Municipality {
        id: MunicipalityId(Uuid::now_v7()),
        ags: ags.map(|ags| Ags::parse(ags).expect("a key")),
        name: name.to_owned(),
        aliases: vec![format!("{name} (Stadt)")],
    }
}

/// A facility about which nothing is known but its name.
pub fn plain_facility(name: &str) -> Facility {
    Facility {
        id: FacilityId(Uuid::now_v7()),
        slug: Slug::from_name(name),
        visibility: Visibility::Public,
        name: name.to_owned(),
        organization: None,
        owner: None,
        address: Address { street: None, postal_code: None, municipality: None, locality: None },
        position: None,
        phone: None,
        email: None,
        website: None,
        description: None,
        contacts: Vec::new(),
        opening_hours: OpeningHours::NotKnown,
        languages: Vec::new(),
        documents: Vec::new(),
        pictures: Vec::new(),
        accessibility: Accessibility::default(),
        source: Source::County,
        updated_at: datetime!(2026-11-22 03:05:28.123_456 UTC),
        confirmed_at: None,
        legal: LegalParticulars::default(),
        offers: Vec::new(),
    }
}

/// A facility about which everything is known, without its offers.
pub fn full_facility(name: &str, organization: &Organization, municipality: &Municipality) -> Facility {
    Facility {
        organization: Some(organization.clone()),
        owner: Some("Stadt Musterstadt".to_owned()),
        address: Address {
            street: Some("Am Wall 1".to_owned()),
            postal_code: PostalCode::parse("19370"),
            municipality: Some(municipality.clone()),
            locality: Some("Slate".to_owned()),
        },
        position: Position::new(53.4, 11.85),
        phone: Some("03871 2000".to_owned()),
        email: Some("haus@example.org".to_owned()),
        website: Some("https://haus.example.org".to_owned()),
        description: Some("Ein Haus mit Garten – für Körper & Seele.".to_owned()),
        contacts: vec![Contact {
            purpose: "Aufnahme".to_owned(),
            phone: Some("03871 2001".to_owned()),
            email: None,
        }],
        opening_hours: OpeningHours::Regular(vec![
            OpenSpan::new(1, 480, 960).expect("a span"),
            OpenSpan::new(5, 480, 720).expect("a span"),
        ]),
        languages: vec!["tr".to_owned(), "uk".to_owned()],
        accessibility: Accessibility(BTreeMap::from([
            (Feature::BarrierFree, true),
            (Feature::HearingLoop, false),
        ])),
        pictures: vec![Picture {
            id: UploadId(Uuid::from_u128(0x70)),
            alt: "Der Garten – mit „Bänken“".to_owned(),
            width: 1_600,
            height: 900,
        }],
        documents: vec![Document {
            title: "Hausordnung: Gäste".to_owned(),
            url: "https://haus.example.org/ordnung.pdf".to_owned(),
        }],
        source: Source::Import(IMPORT.to_owned()),
        ..plain_facility(name)
    }
}

pub fn plain_offer(care_type: &str) -> Offer {
    Offer {
        id: OfferId(Uuid::now_v7()),
        external_id: None,
        care_type: CareTypeSlug::parse(care_type).expect("a slug"),
        label: None,
        form: None,
        specialty: None,
        specialisms: Vec::new(),
        places_total: None,
        service_area: None,
        cost_share: None,
        approval: None,
        quality_report_url: None,
        conditions: None,
        shares_places_with: None,
        source: Source::Provider,
        latest_report: None,
    }
}

/// An offer about which everything is known, but for reports and shared places.
pub fn full_offer(care_type: &str, external_id: &str) -> Offer {
    Offer {
        external_id: Some(external_id.to_owned()),
        label: Some("Haus am See".to_owned()),
        form: Some(OfferForm::Embedded),
        specialty: Some("Kardiologie".to_owned()),
        specialisms: vec!["demenz".to_owned(), "wachkoma".to_owned()],
        places_total: Some(42),
        service_area: Some(ServiceArea::Municipalities(vec!["13076108".to_owned()])),
        cost_share: Some(CostShare { cents_per_month: 243_750, as_of: date!(2026 - 07 - 01) }),
        approval: Some(Approval::Approved),
        quality_report_url: Some("https://example.org/bericht.pdf".to_owned()),
        conditions: Some("ab Pflegegrad 2".to_owned()),
        source: Source::Import(IMPORT.to_owned()),
        ..plain_offer(care_type)
    }
}

/// A report in which everything is said.
pub fn report(offer: OfferId, free_now: u32) -> CapacityReport {
    CapacityReport {
        id: ReportId(Uuid::now_v7()),
        offer,
        sequence: 0,
        total: Some(42),
        free_now: Some(free_now),
        free_from: Some(date!(2026 - 12 - 01)),
        intake: Intake::Accepting,
        waiting_list: WaitingList::Open,
        waiting_weeks: Some((4, 6)),
        intake_stop: true,
        intake_stop_until: Some(date!(2026 - 12 - 24)),
        only_after_assessment: true,
        rooms: Some("Einzelzimmer".to_owned()),
        for_whom: Some("nur Frauen".to_owned()),
        remark: Some("Bitte vorher anrufen.".to_owned()),
        times: FreeTimes {
            periods: vec![FreePeriod {
                from: date!(2026 - 12 - 01),
                until: date!(2026 - 12 - 15),
                places: 2,
            }],
            weekdays: [Some(1), None, Some(0), None, None, None, None],
        },
        under_review: false,
        reported_by: "Büro".to_owned(),
        source: ReportSource::Phone,
        reported_at: datetime!(2026-11-22 03:05:28.000_001 UTC),
        valid_until: datetime!(2026-11-29 03:05:28.000_001 UTC),
    }
}

pub fn gazetteer_place(postal_code: &str, name: &str) -> GazetteerPlace {
    GazetteerPlace {
        postal_code: PostalCode::parse(postal_code).expect("a postcode"),
        name: name.to_owned(),
        county: "Landkreis Musterkreis".to_owned(),
        county_key: "13076".to_owned(),
        state: "Mecklenburg-Vorpommern".to_owned(),
        position: Position::new(53.0, 11.25).expect("a point"),
    }
}

/// An account without roles; nobody knows its password.
pub fn account(email: &str) -> server::store::StoredAccount {
    use app::domain::account::{Account, Email};
    server::store::StoredAccount {
        account: Account {
            id: app::domain::ids::AccountId(Uuid::now_v7()),
            email: Email::parse(email).expect("an address"),
            name: "Petra Muster".to_owned(),
            county_role: None,
            memberships: Vec::new(),
            has_totp: false,
            credentials: 0,
        },
        password_hash: "$argon2id$nobody".to_owned(),
        totp_secret: None,
    }
}

/// Something somebody did to their own account.
pub fn audit_event(actor: app::domain::ids::AccountId, at: OffsetDateTime) -> app::domain::audit::AuditEvent {
    use app::domain::audit::{Action, AuditEvent, Subject};
    AuditEvent {
        actor: Some(actor),
        action: Action::PasswordChanged,
        subject: Some(Subject::Account(actor)),
        detail: std::collections::BTreeMap::from([("„Grund“", "ä|b".to_owned())]),
        at,
    }
}

/// A picture of an entry, and a document.
pub async fn fill_uploads(tx: &mut server::store::Tx, facility: FacilityId, created_at: OffsetDateTime) {
    for small in [Some([0, 159, 146, 150].as_slice()), None] {
        let content = &(0..=255).collect::<Vec<u8>>();
        let id = UploadId(Uuid::now_v7());
        let new = server::store::NewUpload { id, facility, name: "ein-name", content, small, created_at };
        tx.insert_upload(&new).await.expect("inserted");
    }
}

/// A draft, a proposal, a version and a notice of an entry.
pub async fn fill_editing(
    tx: &mut server::store::Tx,
    facility: &Facility,
    account: app::domain::ids::AccountId,
    at: OffsetDateTime,
) {
    use app::domain::{
        draft::{Author, Draft, DraftState, EntryVersion, Proposal},
        ids::NoticeId,
        notice::{Notice, NoticeAbout, NoticeKind, NoticeState},
    };
    let author = Some(Author { id: account, name: None });
    let draft = Draft {
        facility: Facility { offers: vec![plain_offer("tagespflege")], ..facility.clone() },
        state: DraftState::Submitted,
        revision: 3,
        author: author.clone(),
        corrected_by: author.clone(),
        note: Some("„Bitte“ | schnell".to_owned()),
        reason: None,
        changed_at: at,
        submitted_at: Some(at),
    };
    tx.save_draft(&draft).await.expect("saved");
    let proposal = Proposal {
        facility: facility.clone(),
        source: "Liste".to_owned(),
        fingerprint: "ab".repeat(32),
        proposed_at: at,
        is_decided: false,
    };
    tx.save_proposal(&proposal).await.expect("saved");
    let version = EntryVersion {
        number: 1,
        facility: facility.clone(),
        author: author.clone(),
        approved_by: author,
        reason: None,
        recorded_at: at,
    };
    tx.insert_version(&version).await.expect("inserted");
    let notice = Notice {
        id: NoticeId(Uuid::now_v7()),
        kind: NoticeKind::Wrong,
        about: Some(NoticeAbout {
            id: facility.id,
            slug: facility.slug.clone(),
            name: facility.name.clone(),
        }),
        organization_name: None,
        name: Some("Ä".to_owned()),
        email: None,
        text: "Zeile\nZeile".to_owned(),
        created_at: at,
        state: NoticeState::Open,
        handled_by: None,
        handled_at: None,
        answer: None,
    };
    tx.insert_notice(&notice).await.expect("inserted");
}

/// What a county changes of a care type, a specialism and the words of the search.
pub async fn fill_vocabulary(
    tx: &mut server::store::Tx,
    account: app::domain::ids::AccountId,
    at: OffsetDateTime,
) {
    use app::domain::{
        care_type::LightKind,
        draft::Author,
        ids::LexiconLineId,
        vocabulary::{CareTypeChange, LexiconLine, SpecialismChange, Targets},
    };
    let slug = |text: &str| CareTypeSlug::parse(text).expect("a slug");
    let care_type = CareTypeChange {
        slug: slug("tagespflege"),
        name: Some("„Tagestreff“ | Sonne".to_owned()),
        group: None,
        light: Some(LightKind::Intake),
        valid_days: Some(21),
        related: Some(vec![slug("hospiz")]),
        comes_to_people: Some(false),
        hidden: None,
    };
    tx.save_care_type_change(&care_type, at).await.expect("saved");
    let specialism = SpecialismChange { slug: "demenz".to_owned(), name: None, hidden: Some(true) };
    tx.save_specialism_change(&specialism, at).await.expect("saved");
    let line = LexiconLine {
        id: LexiconLineId(Uuid::now_v7()),
        words: vec!["Käsekrainer".to_owned()],
        targets: Targets { care_types: vec![slug("tagespflege")], ..Targets::default() },
        author: Some(Author { id: account, name: None }),
        changed_at: at,
    };
    tx.save_line(&line).await.expect("saved");
}

/// Who is reminded of what, and what the county has noted of it.
pub async fn fill_reminders(
    tx: &mut server::store::Tx,
    facility: FacilityId,
    offer: OfferId,
    account: app::domain::ids::AccountId,
    at: OffsetDateTime,
) {
    use app::domain::reminder::{ReminderKind, ReminderSettings};
    let settings =
        ReminderSettings { before_expiry: false, expired: true, paused_until: Some(date!(2026 - 11 - 08)) };
    tx.save_reminder_settings(account, settings).await.expect("saved");
    assert!(tx.insert_reminder(account, at.date(), &"cd".repeat(32)).await.expect("inserted"));
    tx.insert_reminded(account, (offer, 1), ReminderKind::Expired, at).await.expect("inserted");
    let later = (date!(2026 - 11 - 05), "„Montag“ | noch einmal");
    tx.save_follow_up(facility, later, account, at).await.expect("saved");
}

/// Accesses of programs: one for everything, one for a facility that is switched off.
pub async fn fill_api_tokens(
    tx: &mut server::store::Tx,
    organization: &Organization,
    facility: &Facility,
    account: app::domain::ids::AccountId,
    at: OffsetDateTime,
) {
    use app::domain::{
        api_token::{ApiToken, TokenMaker},
        ids::ApiTokenId,
    };
    for (hash, facility) in [("ab", None), ("cd", Some((facility.id, facility.name.clone())))] {
        let maker = TokenMaker { account, name: String::new(), role: None, is_county: false };
        let token = ApiToken {
            id: ApiTokenId(Uuid::now_v7()),
            organization: organization.id,
            organization_slug: organization.slug.clone(),
            facility,
            name: "„Heim“ | Software".to_owned(),
            maker: Some(maker),
            created_at: at,
            used_at: None,
            revoked_at: None,
        };
        tx.insert_api_token(&hash.repeat(32), &token).await.expect("inserted");
        if hash == "cd" {
            tx.use_api_token(token.id, at).await.expect("used");
            assert!(tx.revoke_api_token(token.id, organization.id, at).await.expect("revoked"));
        }
    }
}
