//! Every path once, as a typed constructor. No page writes an address by hand.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::domain::{
    ids::{AccountId, FacilityId, ImportId, NoticeId, Slug, UploadId},
    notice::NoticeKind,
    search::SearchQuery,
    shortlist::{self, Shortlist},
    suggestion::SuggestQuery,
    upload::UploadFile,
};

mod alert;
mod capacity;
mod programs;
mod reminder;

pub use alert::*;
pub use capacity::*;
pub use programs::*;
pub use reminder::{
    OWN_REMINDERS, STOP_REMINDERS, UNREPORTED, parse_unreported, put_off, stop_reminders, unreported,
};

pub const START: &str = "/";
pub const SEARCH: &str = "/suche";
pub const FACILITY: &str = "/einrichtung";
pub const ORGANIZATION: &str = "/traeger";
pub const SHORTLIST: &str = "/merkliste";
pub const API_SEARCH: &str = "/api/v1/search";
pub const API_SUGGEST: &str = "/api/v1/suggest";
pub const SITEMAP: &str = "/sitemap.xml";
pub const ROBOTS: &str = "/robots.txt";
pub const OPENSEARCH: &str = "/opensearch.xml";
pub const SIGN_IN: &str = "/anmelden";
pub const SIGN_IN_CODE: &str = "/anmelden/code";
pub const SIGN_OUT: &str = "/abmelden";
pub const OWN_ACCOUNT: &str = "/konto";
pub const OWN_PASSWORD: &str = "/konto/passwort";
pub const OWN_REMOVE: &str = "/konto/loeschen";
pub const OWN_SESSIONS: &str = "/konto/sitzungen";
pub const OWN_COUNTY_MAIL: &str = "/konto/nachrichten";
pub const SECOND_FACTOR: &str = "/konto/zweiter-schritt";
pub const SECOND_FACTOR_REMOVE: &str = "/konto/zweiter-schritt/abschalten";
pub const OWN_EMAIL: &str = "/konto/adresse";
pub const FORGOTTEN: &str = "/passwort-vergessen";
pub const NEW_PASSWORD: &str = "/passwort-neu";
pub const INVITATION: &str = "/einladung";
pub const COUNTY: &str = "/kreis";
pub const COUNTY_SESSIONS: &str = "/kreis/sitzungen";
pub const COUNTY_TEAM: &str = "/kreis/personen";
pub const EDITING: &str = "/redaktion";
pub const ENTRIES: &str = "/redaktion/eintraege";
pub const DECIDE: &str = "/kreis/pruefen";
pub const AUDIT: &str = "/kreis/protokoll";
pub const NOTICES: &str = "/kreis/hinweise";
pub const COUNTY_CSV: &str = "/kreis/eintraege.csv";
pub const COUNTY_XLSX: &str = "/kreis/eintraege.xlsx";
pub const ALL_ENTRIES: &str = "/kreis/eintraege";
pub const OPERATORS: &str = "/kreis/traeger";
pub const IMPORT: &str = "/kreis/import";
pub const STALE: &str = "/kreis/veraltet";
pub const WITHOUT_OWNER: &str = "/kreis/ohne-leitung";
pub const CARE_TYPES: &str = "/kreis/angebotsarten";
pub const SPECIALISMS: &str = "/kreis/schwerpunkte";
pub const WORDS: &str = "/kreis/woerter";
pub const REGISTRATION: &str = "/mitmachen";
pub const OUTBOX: &str = "/postausgang";
pub const UPLOADS: &str = "/medien";
pub const LIVEZ: &str = "/livez";
pub const READYZ: &str = "/readyz";

/// The header of a request that asks for what is near: `lat,lon` in degrees. A header, because
/// addresses are kept in histories and logs, and are passed on.
pub const DEVICE_POSITION: &str = "device-position";

/// Unreserved characters of RFC 3986 stay as they are, and the comma, which a query may contain.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b',');

/// The results page of a search, without a trailing question mark.
pub fn search(query: &SearchQuery) -> String {
    with_query(SEARCH, query)
}

/// The JSON of a search.
pub fn api_search(query: &SearchQuery) -> String {
    with_query(API_SEARCH, query)
}

/// The JSON of suggestions.
pub fn api_suggest(query: &SuggestQuery) -> String {
    let text = utf8_percent_encode(&query.text, VALUE);
    let field =
        if query.only_places { format!("&feld={}", SuggestQuery::PLACE_FIELD) } else { String::new() };
    format!("{API_SUGGEST}?q={text}{field}")
}

pub fn facility(slug: &Slug) -> String {
    format!("{FACILITY}/{slug}")
}

/// The page of a facility, carrying the list of a reader without scripts.
pub fn facility_with(slug: &Slug, ids: &[FacilityId]) -> String {
    with_ids(facility(slug), ids)
}

/// The short list with these facilities.
pub fn shortlist(ids: &[FacilityId]) -> String {
    with_ids(SHORTLIST.to_owned(), ids)
}

/// The short list after a facility was taken off, which stood at a position.
pub fn shortlist_without(ids: &[FacilityId], removed: (FacilityId, usize)) -> String {
    parsed_shortlist(&Shortlist { ids: ids.to_vec(), left_out: 0, removed: Some(removed) })
}

/// The address of a short list as it was read, for whoever keeps pages by their address.
pub fn parsed_shortlist(list: &Shortlist) -> String {
    let mut parts = Vec::new();
    let ids = list.to_text();
    if !ids.is_empty() {
        parts.push(format!("ids={ids}"));
    }
    if let Some((id, at)) = list.removed {
        parts.push(format!("weg={}.{at}", shortlist::short(id)));
    }
    let mark = if parts.is_empty() { "" } else { "?" };
    format!("{SHORTLIST}{mark}{}", parts.join("&"))
}

fn with_ids(path: String, ids: &[FacilityId]) -> String {
    if ids.is_empty() { path } else { format!("{path}?ids={}", shortlist::to_text(ids)) }
}

/// Reads a raw query string as a short list: all its `ids`, and what was taken off last (`weg`).
pub fn parse_shortlist(query_string: &str) -> Shortlist {
    let pairs = pairs_of(query_string);
    let values = |wanted: &str| {
        let of = pairs.iter().filter(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        of.collect::<Vec<_>>().join(".")
    };
    let removed = values("weg");
    let removed = removed.split_once('.').and_then(|(id, at)| {
        let at: usize = at.parse().ok().filter(|at| *at < Shortlist::MOST)?;
        Some((shortlist::parse_id(id)?, at))
    });
    Shortlist { removed, ..Shortlist::parse(&values("ids")) }
}

pub fn organization(slug: &Slug) -> String {
    format!("{ORGANIZATION}/{slug}")
}

/// Where somebody chooses a new password, with what the link in the mail holds.
pub fn new_password(secret: &str) -> String {
    format!("{NEW_PASSWORD}/{secret}")
}

/// Where somebody confirms a new address, with what the link in the mail holds.
pub fn confirm_address(secret: &str) -> String {
    format!("{OWN_EMAIL}/{secret}")
}

/// Where somebody takes an invitation, with what the link in the mail holds.
pub fn invitation(secret: &str) -> String {
    format!("{INVITATION}/{secret}")
}

/// A search as its address says it, without a path: [`parse_search`] reads it.
pub fn query_string(query: &SearchQuery) -> String {
    with_query("", query).trim_start_matches('?').to_owned()
}

/// The people of an organization.
pub fn team(organization: &Slug) -> String {
    format!("{EDITING}/{organization}/team")
}

/// Where somebody is signed in, for those who lead the county.
pub fn sessions_of(account: AccountId) -> String {
    format!("{COUNTY_SESSIONS}/{account}")
}

/// Where somebody edits an entry.
pub fn entry(slug: &Slug) -> String {
    format!("{ENTRIES}/{slug}")
}

/// Something about an entry that is edited: a part of it, its preview, what is done with it.
pub fn entry_step(slug: &Slug, step: &str) -> String {
    format!("{ENTRIES}/{slug}/{step}")
}

/// A file that somebody sent: see [`UploadFile`].
pub fn upload(id: UploadId, file: UploadFile) -> String {
    format!("{UPLOADS}/{}", file.name(id))
}

/// A document that somebody sent.
pub fn document(id: UploadId) -> String {
    upload(id, UploadFile::Document)
}

/// Reads what [`document`] writes.
pub fn uploaded_document(path: &str) -> Option<UploadId> {
    let name = path.strip_prefix(UPLOADS)?.strip_prefix('/')?;
    UploadFile::parse(name).filter(|(_, file)| *file == UploadFile::Document).map(|(id, _)| id)
}

/// Whether a path takes files: only there a request may be large.
pub fn takes_files(path: &str) -> bool {
    let below = path.strip_prefix(ENTRIES).unwrap_or_default();
    below.ends_with("/bilder/neu") || below.ends_with("/unterlagen/neu")
}

/// The entries of an organization as a table.
pub fn entries_csv(organization: &Slug) -> String {
    format!("{EDITING}/{organization}/eintraege.csv")
}

/// The same as a workbook.
pub fn entries_xlsx(organization: &Slug) -> String {
    format!("{EDITING}/{organization}/eintraege.xlsx")
}

/// Where an organization adds an entry.
pub fn new_entry(organization: &Slug) -> String {
    format!("{EDITING}/{organization}/neu")
}

/// Where the county decides about a draft.
pub fn decide(slug: &Slug) -> String {
    format!("{DECIDE}/{slug}")
}

/// Where the county decides about what an import proposes.
pub fn proposal(slug: &Slug) -> String {
    format!("{DECIDE}/{slug}/vorschlag")
}

/// An organization, for the county.
pub fn operator(slug: &Slug) -> String {
    format!("{OPERATORS}/{slug}")
}

/// A file that was tried and waits for a decision.
pub fn pending_import(id: ImportId) -> String {
    format!("{IMPORT}/{id}")
}

/// The rows of such a file that would be rejected.
pub fn import_rejects(id: ImportId) -> String {
    format!("{IMPORT}/{id}/abgelehnt.csv")
}

/// A notice, for the county.
pub fn notice(id: NoticeId) -> String {
    format!("{NOTICES}/{id}")
}

/// One of a list of the county's: a care type, a specialism or a line of words; `None`: where one is added.
pub fn of_list(list: &str, id: Option<&str>) -> String {
    format!("{list}/{}", id.unwrap_or("neu"))
}

/// Where somebody writes about an entry: `hinweis`, `uebernehmen` or `nicht-listen`.
pub fn write_notice(slug: &Slug, kind: NoticeKind) -> String {
    match kind {
        NoticeKind::Wrong => format!("{FACILITY}/{slug}/hinweis"),
        NoticeKind::Claim => format!("{FACILITY}/{slug}/uebernehmen"),
        NoticeKind::Decline => format!("{FACILITY}/{slug}/nicht-listen"),
        NoticeKind::Registration => REGISTRATION.to_owned(),
    }
}

/// A legal page by its name, for example `impressum`.
pub fn legal(name: &str) -> String {
    format!("/{name}")
}

fn with_query(path: &str, query: &SearchQuery) -> String {
    let mut address = path.to_owned();
    for (at, (name, value)) in query.to_pairs().into_iter().enumerate() {
        address.push(if at == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        address.extend(utf8_percent_encode(&value, VALUE));
    }
    address
}

/// Reads a raw query string (without question mark). Never fails: broken escapes become
/// replacement characters.
pub fn parse_search(query_string: &str) -> SearchQuery {
    let pairs = pairs_of(query_string);
    SearchQuery::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// Reads a raw query string as what somebody has typed so far. Never fails.
pub fn parse_suggest(query_string: &str) -> SuggestQuery {
    let only_places = pairs_of(query_string)
        .iter()
        .any(|(name, value)| name == "feld" && value.trim() == SuggestQuery::PLACE_FIELD);
    SuggestQuery { text: parse_search(query_string).text, only_places }
}

/// The last value of a name in a raw query string; empty where there is none.
pub fn value_of(query_string: &str, name: &str) -> String {
    let pairs = pairs_of(query_string).into_iter().rev();
    pairs.into_iter().find(|(own, _)| own == name).map(|(_, value)| value).unwrap_or_default()
}

/// The pairs of a raw query string, decoded.
fn pairs_of(query_string: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
    };
    query_string
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            pair.split_once('=').map_or((decode(pair), String::new()), |(n, v)| (decode(n), decode(v)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_written_into_its_address_and_read_back() {
        let query = parse_search("q=Pflege+für%20Papa&ort=Lübz&art=tagespflege&ampel=frei");
        assert_eq!(query.text, "Pflege für Papa");
        let address = search(&query);
        assert_eq!(address, "/suche?q=Pflege%20f%C3%BCr%20Papa&ort=L%C3%BCbz&art=tagespflege&ampel=frei");
        assert_eq!(parse_search(address.split_once('?').expect("a query").1), query);
    }

    #[test]
    fn a_part_of_the_map_is_in_the_address_and_an_empty_one_takes_it_away() {
        let address = search(&parse_search("ansicht=karte&ausschnitt=7.1,49.4,7.2%2C49.5"));
        assert_eq!(address, "/suche?ausschnitt=7.1,49.4,7.2,49.5&ansicht=karte");
        assert_eq!(parse_search("ausschnitt=7.1,49.4,7.2,49.5&ausschnitt=").area, None);
        assert_eq!(parse_search("ausschnitt=<script>").area, None);
    }

    #[test]
    fn broken_escapes_are_read_without_complaint() {
        assert_eq!(parse_search("q=%ZZ%F0%28&&=&seite=abc").page, 1);
    }

    #[test]
    fn only_where_files_are_sent_a_request_may_be_large() {
        let slug = Slug::from_name("Haus Aue");
        assert!(
            takes_files(&entry_step(&slug, "bilder/neu"))
                && takes_files(&entry_step(&slug, "unterlagen/neu"))
        );
        for other in
            ["/suche", "/konto/passwort", "/x/bilder/neu", &entry_step(&slug, "bilder"), &entry(&slug)]
        {
            assert!(!takes_files(other), "{other}");
        }
        let id = UploadId(uuid::Uuid::from_u128(7));
        assert_eq!(uploaded_document(&document(id)), Some(id));
        assert_eq!(uploaded_document(&upload(id, UploadFile::Picture)), None);
    }
}
