//! Who may what: every address of entries and of the county, and what each kind of person gets from it.

use axum::http::Method;

use crate::{desk::Office, editing::AUE, moderation::DECIDE};

const AWAY: u16 = 303;
const GET: Method = Method::GET;
const POST: Method = Method::POST;

/// What each of `team::cast` gets: nobody, a stranger, those of the organization who report, edit and lead, those of the
/// county who edit and lead.
type Row = (Method, String, [u16; 7]);

const OWN_PART: [u16; 7] = [AWAY, 404, 403, 200, 200, 200, 200];
const ONLY_COUNTY: [u16; 7] = [AWAY, 404, 404, 404, 404, 200, 200];

/// Entries and lists of one's own organization, and of another.
fn of_entries(offer: &str, foreign_offer: &str) -> Vec<Row> {
    const BERG: &str = "/redaktion/eintraege/haus-berg";
    let (own_part, only_county) = (OWN_PART, ONLY_COUNTY);
    let everybody = [AWAY, 404, 200, 200, 200, 200, 200];
    let own_step = [AWAY, 404, 403, AWAY, AWAY, AWAY, AWAY];
    vec![
        (GET, AUE.to_owned(), own_part),
        (GET, format!("{AUE}/grunddaten"), own_part),
        (GET, format!("{AUE}/angebot-neu"), own_part),
        (GET, offer.to_owned(), own_part),
        (GET, format!("{AUE}/vorschau"), own_part),
        (GET, format!("{AUE}/ansicht"), own_part),
        (GET, format!("{AUE}/verlauf"), own_part),
        (GET, format!("{AUE}/verlauf/9"), [AWAY, 404, 403, 404, 404, 404, 404]),
        (GET, format!("{AUE}/gibt-es-nicht"), [AWAY, 404, 403, 404, 404, 404, 404]),
        // Whoever is not signed in gets what was typed back.
        (POST, format!("{AUE}/grunddaten"), [200, 404, 403, 422, 422, 422, 422]),
        (POST, foreign_offer.to_owned(), [200, 404, 403, 404, 404, 404, 404]),
        (POST, format!("{AUE}/gibt-es-nicht/entfernen"), own_step),
        (GET, format!("{AUE}/bilder"), own_part),
        (POST, format!("{AUE}/bilder/neu"), [AWAY, 404, 403, 422, 422, 422, 422]),
        (POST, format!("{AUE}/unterlagen/neu"), [AWAY, 404, 403, 422, 422, 422, 422]),
        (POST, format!("{BERG}/bilder/neu"), [AWAY, 404, 404, 404, 404, 422, 422]),
        (POST, format!("{AUE}/einreichen"), own_step),
        (POST, format!("{AUE}/zurueckziehen"), own_step),
        (POST, format!("{AUE}/verwerfen"), own_step),
        (POST, format!("{AUE}/loeschen"), own_step),
        (POST, format!("{AUE}/geprueft"), own_step),
        (POST, format!("{AUE}/verlauf/9"), own_step),
        (POST, format!("{AUE}/archivieren"), [AWAY, 404, 403, 403, 403, AWAY, AWAY]),
        (POST, format!("{AUE}/wieder-zeigen"), [AWAY, 404, 403, 403, 403, AWAY, AWAY]),
        (POST, format!("{AUE}/traeger"), [AWAY, 404, 403, 403, 403, AWAY, AWAY]),
        (GET, format!("{AUE}/zusammenfuehren"), [AWAY, 404, 403, 403, 403, AWAY, AWAY]),
        (POST, format!("{AUE}/zusammenfuehren"), [AWAY, 404, 403, 403, 403, AWAY, AWAY]),
        (GET, BERG.to_owned(), only_county),
        (GET, format!("{BERG}/vorschau"), only_county),
        (POST, format!("{BERG}/grunddaten"), [200, 404, 404, 404, 404, 422, 422]),
        (POST, format!("{BERG}/einreichen"), [AWAY, 404, 404, 404, 404, AWAY, AWAY]),
        (GET, "/redaktion/diakonie-aue/neu".to_owned(), own_part),
        (POST, "/redaktion/diakonie-aue/neu".to_owned(), [AWAY, 404, 403, 422, 422, 422, 422]),
        (GET, "/redaktion/fremder-traeger/neu".to_owned(), only_county),
        (POST, "/redaktion/fremder-traeger/neu".to_owned(), [AWAY, 404, 404, 404, 404, 422, 422]),
        (GET, "/redaktion/diakonie-aue/eintraege.csv".to_owned(), own_part),
        (GET, "/redaktion/fremder-traeger/eintraege.csv".to_owned(), only_county),
        (GET, "/redaktion/diakonie-aue/schnittstelle".to_owned(), everybody),
        (GET, "/redaktion/fremder-traeger/schnittstelle".to_owned(), only_county),
        (GET, "/redaktion/diakonie-aue/schnittstelle/vorlage.csv".to_owned(), everybody),
        (
            POST,
            "/redaktion/diakonie-aue/schnittstelle/tabelle".to_owned(),
            [AWAY, 404, 422, 422, 422, 422, 422],
        ),
        (
            POST,
            "/redaktion/fremder-traeger/schnittstelle/tabelle".to_owned(),
            [AWAY, 404, 404, 404, 404, 422, 422],
        ),
        (
            POST,
            "/redaktion/diakonie-aue/schnittstelle/zugang".to_owned(),
            [AWAY, 404, 403, 403, 422, 422, 422],
        ),
        (
            POST,
            "/redaktion/fremder-traeger/schnittstelle/zugang".to_owned(),
            [AWAY, 404, 404, 404, 404, 422, 422],
        ),
        (
            POST,
            "/redaktion/diakonie-aue/schnittstelle/abschalten".to_owned(),
            [AWAY, 404, 403, 403, AWAY, AWAY, AWAY],
        ),
        (GET, "/redaktion/diakonie-aue/eintraege.xlsx".to_owned(), own_part),
        (GET, "/redaktion/fremder-traeger/eintraege.xlsx".to_owned(), only_county),
        (GET, "/redaktion/diakonie-aue/verlauf".to_owned(), [AWAY, 404, 200, 200, 200, 200, 200]),
        (GET, "/redaktion/fremder-traeger/verlauf".to_owned(), only_county),
    ]
}

/// Who reports, and who keeps the links that do.
fn of_capacity() -> Vec<Row> {
    let lead = [AWAY, 404, 403, 403, 200, 200, 200];
    let all = [AWAY, 404, 200, 200, 200, 200, 200];
    let county = [AWAY, 404, 404, 404, 404, 422, 422];
    let own = "/redaktion/diakonie-aue";
    vec![
        (GET, format!("{own}/meldung"), all),
        (POST, format!("{own}/meldung"), [AWAY, 404, 422, 422, 422, 422, 422]),
        (GET, "/redaktion/fremder-traeger/meldung".to_owned(), ONLY_COUNTY),
        (POST, "/redaktion/fremder-traeger/meldung".to_owned(), county),
        (GET, "/redaktion/gibt-es-nicht/meldung".to_owned(), [AWAY, 404, 404, 404, 404, 404, 404]),
        (GET, format!("{own}/meldelinks"), lead),
        (GET, format!("{own}/meldelinks/karte"), [AWAY, 404, 403, 403, AWAY, AWAY, AWAY]),
        (POST, format!("{own}/meldelinks/karte"), [AWAY, 404, 403, 403, 422, 422, 422]),
        (POST, format!("{own}/meldelinks/senden"), [AWAY, 404, 403, 403, 422, 422, 422]),
        (POST, format!("{own}/meldelinks/abschalten"), [AWAY, 404, 403, 403, AWAY, AWAY, AWAY]),
        (GET, "/redaktion/fremder-traeger/meldelinks".to_owned(), ONLY_COUNTY),
        (POST, "/redaktion/fremder-traeger/meldelinks/karte".to_owned(), county),
        (GET, "/kreis/meldungen/haus-aue".to_owned(), ONLY_COUNTY),
        (POST, "/kreis/meldungen/haus-aue".to_owned(), county),
        (POST, "/kreis/meldungen/haus-aue/gueltigkeit".to_owned(), [AWAY, 404, 404, 404, 404, 404, 404]),
        (GET, "/kreis/meldungen/gibt-es-nicht".to_owned(), [AWAY, 404, 404, 404, 404, 404, 404]),
    ]
}

/// What the county decides and keeps. `pending` is a file that nobody has tried.
fn of_county(pending: &str) -> Vec<Row> {
    let only_county = ONLY_COUNTY;
    let only_lead = [AWAY, 404, 404, 404, 404, 403, 200];
    let lead_types = [AWAY, 404, 404, 404, 404, 403, 422];
    vec![
        (GET, "/kreis/eintraege.csv".to_owned(), only_county),
        (GET, "/kreis/eintraege.xlsx".to_owned(), only_county),
        (GET, "/kreis/traeger".to_owned(), only_county),
        (POST, "/kreis/traeger".to_owned(), [AWAY, 404, 404, 404, 404, 422, 422]),
        (GET, "/kreis/traeger/diakonie-aue".to_owned(), only_county),
        (POST, "/kreis/traeger/diakonie-aue".to_owned(), [AWAY, 404, 404, 404, 404, 422, 422]),
        (POST, "/kreis/traeger/gibt-es-nicht".to_owned(), [AWAY, 404, 404, 404, 404, 404, 404]),
        (GET, "/kreis/import".to_owned(), [AWAY, 404, 404, 404, 404, 403, 200]),
        (POST, "/kreis/import".to_owned(), [AWAY, 404, 404, 404, 404, 403, 422]),
        (GET, pending.to_owned(), [AWAY, 404, 404, 404, 404, 403, AWAY]),
        (POST, pending.to_owned(), [AWAY, 404, 404, 404, 404, 403, AWAY]),
        (GET, format!("{pending}/abgelehnt.csv"), [AWAY, 404, 404, 404, 404, 403, AWAY]),
        (GET, "/kreis/import/x".to_owned(), [AWAY, 404, 404, 404, 404, 403, 404]),
        (GET, "/kreis/eintraege".to_owned(), only_county),
        (GET, "/kreis".to_owned(), only_county),
        (GET, "/kreis/veraltet".to_owned(), only_county),
        (GET, "/kreis/ohne-leitung".to_owned(), only_county),
        (GET, "/kreis/meldungen".to_owned(), only_county),
        (GET, "/kreis/meldungen/haus-aue/spaeter".to_owned(), only_county),
        (POST, "/kreis/meldungen/haus-aue/spaeter".to_owned(), [AWAY, 404, 404, 404, 404, 422, 422]),
        (GET, "/kreis/meldungen/gibt-es-nicht/spaeter".to_owned(), [AWAY, 404, 404, 404, 404, 404, 404]),
        (POST, "/kreis/meldungen/gibt-es-nicht/spaeter".to_owned(), [AWAY, 404, 404, 404, 404, 404, 404]),
        (GET, "/konto/erinnerungen".to_owned(), [AWAY, 200, 200, 200, 200, 200, 200]),
        (POST, "/konto/erinnerungen".to_owned(), [AWAY; 7]),
        (GET, "/kreis/hinweise".to_owned(), only_county),
        (GET, "/kreis/nicht-frei".to_owned(), only_county),
        (GET, "/kreis/verlauf/haus-berg".to_owned(), only_county),
        (GET, "/kreis/verlauf/gibt-es-nicht".to_owned(), [AWAY, 404, 404, 404, 404, 404, 404]),
        (GET, "/kreis/vertrauen".to_owned(), only_lead),
        (POST, "/kreis/vertrauen".to_owned(), [AWAY, 404, 404, 404, 404, 403, AWAY]),
        (GET, "/kreis/protokoll".to_owned(), [AWAY, 404, 404, 404, 404, 403, 200]),
        (POST, "/konto/nachrichten".to_owned(), [AWAY, 404, 404, 404, 404, AWAY, AWAY]),
        (GET, "/kreis/angebotsarten".to_owned(), only_county),
        (GET, "/kreis/schwerpunkte".to_owned(), only_county),
        (GET, "/kreis/woerter".to_owned(), only_county),
        (GET, "/kreis/angebotsarten/neu".to_owned(), only_lead),
        (GET, "/kreis/angebotsarten/tagespflege".to_owned(), only_lead),
        (GET, "/kreis/schwerpunkte/neu".to_owned(), only_lead),
        (GET, "/kreis/schwerpunkte/demenz".to_owned(), only_lead),
        (GET, "/kreis/woerter/neu".to_owned(), only_lead),
        (GET, "/kreis/woerter/x".to_owned(), [AWAY, 404, 404, 404, 404, 403, 404]),
        (POST, "/kreis/angebotsarten/neu".to_owned(), lead_types),
        (POST, "/kreis/angebotsarten/tagespflege".to_owned(), lead_types),
        (POST, "/kreis/schwerpunkte/neu".to_owned(), lead_types),
        (POST, "/kreis/schwerpunkte/demenz".to_owned(), lead_types),
        (POST, "/kreis/woerter/neu".to_owned(), lead_types),
        (POST, "/kreis/woerter/x".to_owned(), [AWAY, 404, 404, 404, 404, 403, 404]),
        (POST, "/konto/loeschen".to_owned(), [AWAY, 422, 422, 422, 422, 422, 422]),
        (GET, "/kreis/hinweise/x".to_owned(), [AWAY, 404, 404, 404, 404, 404, 404]),
        (POST, "/kreis/hinweise/x".to_owned(), [AWAY, 404, 404, 404, 404, 404, 404]),
        (GET, "/kreis/pruefen".to_owned(), only_county),
        (POST, "/kreis/pruefen".to_owned(), [AWAY, 404, 404, 404, 404, 422, 422]),
        (GET, DECIDE.to_owned(), [AWAY, 404, 404, 404, 404, AWAY, AWAY]),
        (POST, DECIDE.to_owned(), [AWAY, 404, 404, 404, 404, 422, 422]),
        (GET, format!("{DECIDE}/vorschlag"), [AWAY, 404, 404, 404, 404, AWAY, AWAY]),
        (POST, format!("{DECIDE}/vorschlag"), [AWAY, 404, 404, 404, 404, AWAY, AWAY]),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_edits_and_decides_what_is_theirs_and_nothing_else() {
    let office = Office::open().await;
    let own = office.organization("Diakonie Aue").await;
    let other = office.organization("Fremder Träger").await;
    let facility = office.entry("Haus Aue", own).await;
    let foreign = office.entry("Haus Berg", other).await;
    let browsers = crate::team::cast(&office, own).await;
    let mut table = of_entries(
        &format!("{AUE}/angebot-{}", facility.offers[0].id),
        &format!("{AUE}/angebot-{}", foreign.offers[0].id),
    );
    table.extend(of_capacity());
    table.extend(of_county(&format!("/kreis/import/{}", foreign.id)));
    for (method, path, wanted) in table {
        let mut found = [0; 7];
        for (at, browser) in browsers.iter().enumerate() {
            let answer =
                if method == GET { browser.get(&path).await } else { browser.post(&path, &[]).await };
            found[at] = answer.status.as_u16();
            if found[at] == AWAY && at == 0 {
                assert!(answer.header("location").starts_with("/anmelden"), "{path}");
            }
        }
        assert_eq!(found, wanted, "{method} {path}");
    }
}
