//! Who is told what: those who run an entry what the county decided, the county what waits.

use std::sync::Arc;

use app::{
    backend::access::EntryEditor,
    domain::{
        account::{CountyRole, OrganizationRole},
        ids::OrganizationId,
        portal::Portal,
    },
};
use server::service::{account::AccountService, entry::EntryService, mail::Mailbox};
use time::Duration;

use crate::{
    desk::{EMAIL, Office},
    editing::{AUE, act, change, editor},
    moderation::{county, stamp, submit},
};

const COUNTY: &str = "kreis@kreis.example";
const OTHER: &str = "zweite@kreis.example";

/// Somebody with a role in an organization.
async fn joins(office: &Office, email: &str, organization: OrganizationId, role: OrganizationRole) {
    let account = office.person(email, None).await;
    office.joins(account, organization, role).await;
}

/// How many letters each of them has.
async fn count(office: &Office, people: &[&str]) -> Vec<usize> {
    let mut counts = Vec::new();
    for email in people {
        counts.push(office.mails_to(email).await.len());
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_run_an_entry_hear_once_that_it_goes_and_comes_back_and_nobody_else_does() {
    let office = Office::open().await;
    let (_, facility) = editor(&office).await;
    let own = facility.organization.as_ref().expect("one").id;
    joins(&office, "leitung@aue.example", own, OrganizationRole::Owner).await;
    joins(&office, "frei@aue.example", own, OrganizationRole::Capacity).await;
    let foreign = office.organization("Fremder Träger").await;
    joins(&office, "fremd@berg.example", foreign, OrganizationRole::Owner).await;
    let county = county(&office).await;
    let people = [EMAIL, "leitung@aue.example", "frei@aue.example", "fremd@berg.example", COUNTY];
    let archive = format!("{AUE}/archivieren");
    let reason = [("grund-archivieren", "Das Haus ist <b>geschlossen</b>.\nBis Mai.")];
    for _ in 0..2 {
        county.post(&archive, &reason).await.leads_to(&format!("{AUE}?getan=sichtbarkeit"));
        assert_eq!(count(&office, &people).await, [1, 1, 0, 0, 0]);
    }
    let letter = office.newest_mail(EMAIL).await;
    assert_eq!(letter.subject, "Nicht mehr im Verzeichnis: Haus Aue");
    assert!(letter.text.contains("Das Haus ist <b>geschlossen</b>.\nBis Mai."), "{}", letter.text);
    assert_eq!(letter.link("/redaktion"), AUE);
    let mails = office.accounts.list_mail().await.expect("mails");
    assert!(mails.iter().all(|mail| !mail.html.contains("<b>")), "markup is text");
    county.post(&format!("{AUE}/wieder-zeigen"), &[]).await;
    assert_eq!(count(&office, &people).await, [2, 2, 0, 0, 0]);
    let letter = office.newest_mail(EMAIL).await;
    assert_eq!(letter.subject, "Wieder im Verzeichnis: Haus Aue");
    assert!(!letter.text.contains("schreibt dazu"), "nobody said why: {}", letter.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_would_end_a_header_ends_none() {
    let office = Office::open().await;
    let (_, _) = editor(&office).await;
    let county = county(&office).await;
    office.execute("UPDATE facility SET name = 'Haus' || char(13, 10) || 'Bcc: fremd@berg.example'").await;
    county.post(&format!("{AUE}/archivieren"), &[]).await;
    let letter = office.newest_mail(EMAIL).await;
    assert_eq!(letter.subject, "Nicht mehr im Verzeichnis: Haus Bcc: fremd@berg.example");
    assert_eq!(count(&office, &["fremd@berg.example"]).await, [0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_operator_and_the_new_one_each_get_a_letter_of_their_own() {
    let office = Office::open().await;
    let (_, facility) = editor(&office).await;
    let own = facility.organization.as_ref().expect("one").id;
    let other = office.organization("Neuer Träger").await;
    joins(&office, "neu@berg.example", other, OrganizationRole::Owner).await;
    let both = office.person("beide@berg.example", None).await;
    for organization in [own, other] {
        office.joins(both, organization, OrganizationRole::Editor).await;
    }
    let county = county(&office).await;
    let fields = [("traeger", &*other.to_string()), ("grund-traeger", "Verkauft zum 1. Juli.")];
    for _ in 0..2 {
        county.post(&format!("{AUE}/traeger"), &fields).await.leads_to(&format!("{AUE}?getan=traeger"));
    }
    let people = [EMAIL, "neu@berg.example", "beide@berg.example", COUNTY];
    assert_eq!(count(&office, &people).await, [1, 1, 1, 0]);
    for (email, subject) in [
        (EMAIL, "Anderer Träger: Haus Aue"),
        ("neu@berg.example", "Neu bei Ihnen: Haus Aue"),
        ("beide@berg.example", "Neu bei Ihnen: Haus Aue"),
    ] {
        let letter = office.newest_mail(email).await;
        assert_eq!(letter.subject, subject, "{email}");
        assert!(letter.text.contains("Verkauft zum 1. Juli."), "{}", letter.text);
        assert_eq!(letter.link("/einrichtung"), "/einrichtung/haus-aue");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_entries_become_one_and_those_of_both_hear_of_it() {
    let office = Office::open().await;
    let (_, _) = editor(&office).await;
    let other = office.organization("Fremder Träger").await;
    joins(&office, "fremd@berg.example", other, OrganizationRole::Editor).await;
    office.entry("Haus Aue neu", other).await;
    let county = county(&office).await;
    let target = "/einrichtung/haus-aue-neu";
    let seen = stamp(&county, &format!("{AUE}/zusammenfuehren?ziel={target}")).await;
    let fields = [("ziel", target), ("stand", &seen), ("grund-zusammenfuehren", "Ein Haus, zwei Listen.")];
    county.post(&format!("{AUE}/zusammenfuehren"), &fields).await;
    assert_eq!(count(&office, &[EMAIL, "fremd@berg.example", COUNTY]).await, [1, 1, 0]);
    let gone = office.newest_mail(EMAIL).await;
    assert_eq!(gone.subject, "Zusammengeführt: Haus Aue");
    assert!(gone.text.contains("in „Haus Aue neu“") && gone.text.contains("zwei Listen"), "{}", gone.text);
    let kept = office.newest_mail("fremd@berg.example").await;
    assert_eq!(kept.subject, "Zusammengeführt: Haus Aue neu");
    assert_eq!(kept.link("/einrichtung"), "/einrichtung/haus-aue-neu");
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_run_an_entry_hear_what_a_strangers_wish_has_changed_but_not_who_had_it() {
    let office = Office::open().await;
    let (_, _) = editor(&office).await;
    let county = county(&office).await;
    let wish = async |what: &str, decision: &[(&str, &str)]| {
        let path = format!("/einrichtung/haus-aue/{what}");
        let guest = office.browser();
        let fields =
            [("text", "Bitte."), ("name", "Kim"), ("email", "kim@neu.example"), ("traeger", "Aue gGmbH")];
        guest.post(&path, &fields).await.leads_to(&format!("{path}?getan=gesendet"));
        let open = office.store().list_notices(true, 9).await.expect("notices");
        let notice = format!("/kreis/hinweise/{}", open.last().expect("a notice").id);
        county.post(&notice, decision).await.leads_to("/kreis?getan=angenommen");
    };
    office.comes("/einrichtung/haus-aue", "/einrichtung/haus-aue/hinweis").await;
    wish("nicht-listen", &[("was", "annehmen"), ("antwort", "Gern, Kim.")]).await;
    let letter = office.newest_mail(EMAIL).await;
    assert_eq!(letter.subject, "Nicht mehr im Verzeichnis: Haus Aue");
    assert!(letter.text.contains("nicht zu listen") && !letter.text.contains("Kim"), "{}", letter.text);
    county.post(&format!("{AUE}/wieder-zeigen"), &[]).await;
    office.comes("/einrichtung/haus-aue", "/einrichtung/haus-aue/hinweis").await;
    wish("uebernehmen", &[("was", "annehmen"), ("traeger", "neu")]).await;
    let letter = office.newest_mail(EMAIL).await;
    assert_eq!(letter.subject, "Anderer Träger: Haus Aue");
    assert!(letter.text.contains("Aue gGmbH") && !letter.text.contains("Kim"), "{}", letter.text);
    assert_eq!(count(&office, &[EMAIL]).await, [3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_gets_one_mail_until_somebody_looks_or_four_hours_have_passed() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let organization = facility.organization.as_ref().expect("one").id;
    for name in ["Haus Berg", "Haus See", "Haus Tal"] {
        office.entry(name, organization).await;
    }
    let county = county(&office).await;
    office.person(OTHER, Some(CountyRole::Administrator)).await;
    submit(&browser, "03871 1").await;
    let people = [COUNTY, OTHER, EMAIL];
    assert_eq!(count(&office, &people).await, [1, 1, 0]);
    let letter = office.newest_mail(COUNTY).await;
    assert!(letter.text.contains("„Haus Aue“ (Änderung)"), "{}", letter.text);
    assert_eq!(letter.link("/kreis"), "/kreis");
    let sends = async |name: &str, phone: &str| {
        let path = format!("/redaktion/eintraege/{name}");
        change(&browser, &format!("{path}/grunddaten"), &[("telefon", phone)]).await;
        act(&browser, &path, "einreichen").await.leads_to(&format!("{path}?getan=eingereicht"));
    };
    sends("haus-berg", "03871 2").await;
    assert_eq!(count(&office, &people).await, [1, 1, 0]);
    // Whoever has looked hears of what comes next.
    county.get("/kreis").await.shows("Haus Berg");
    sends("haus-see", "03871 3").await;
    assert_eq!(count(&office, &people).await, [2, 1, 0]);
    office.clock.passes(Duration::hours(4));
    let guest = office.browser();
    let fields = [("text", "Wir sind neu."), ("name", "Kim"), ("email", "k@neu.example"), ("traeger", "Neu")];
    let (one, other) = tokio::join!(guest.post("/mitmachen", &fields), guest.post("/mitmachen", &fields));
    one.leads_to("/mitmachen?getan=gesendet");
    other.leads_to("/mitmachen?getan=gesendet");
    assert_eq!(count(&office, &people).await, [3, 2, 0], "at the same moment it is one, too");
    let letter = office.newest_mail(COUNTY).await;
    assert!(letter.text.contains("„Neu“ (Antrag: neuer Träger)"), "{}", letter.text);
    assert!(!letter.text.contains("Wir sind neu"), "what somebody wrote is on the page alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_of_the_county_turns_these_mails_off_and_on() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    let county = county(&office).await;
    county.get("/konto").await.shows("Keine E-Mails mehr");
    assert!(!browser.get("/konto").await.text.contains("E-Mails über Neues"));
    let path = "/konto/nachrichten";
    county.post(path, &[("neues", "vielleicht")]).await.leads_to("/konto");
    county.post(path, &[("neues", "aus")]).await.leads_to("/konto?getan=mail-aus");
    county.get("/konto").await.shows("E-Mails bekommen");
    submit(&browser, "03871 1").await;
    assert_eq!(count(&office, &[COUNTY]).await, [0]);
    county.post(path, &[("neues", "an")]).await.leads_to("/konto?getan=mail-an");
    act(&browser, AUE, "zurueckziehen").await;
    submit(&browser, "03871 2").await;
    assert_eq!(count(&office, &[COUNTY]).await, [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_of_what_they_submitted_and_what_waits_for_nobody_is_no_news() {
    let office = Office::open().await;
    let (_, facility) = editor(&office).await;
    let county = county(&office).await;
    office.person(OTHER, Some(CountyRole::Editor)).await;
    change(&county, &format!("{AUE}/grunddaten"), &[("telefon", "03871 1")]).await;
    act(&county, AUE, "einreichen").await.leads_to(&format!("{AUE}?getan=veroeffentlicht"));
    assert_eq!(count(&office, &[COUNTY, OTHER]).await, [0, 0]);
    // Where two have to look, the others are told.
    change(&county, &format!("{AUE}/grunddaten"), &[("telefon", "03871 2")]).await;
    let mailbox = Mailbox::new(Arc::new(Portal { four_eyes: true, writes_mail: true, ..Portal::default() }));
    let (store, clock) = (office.store().clone(), office.clock.clone());
    let accounts = Arc::new(AccountService::new(store.clone(), clock.clone(), mailbox.clone()));
    let strict = EntryService::new(store, clock, mailbox, accounts);
    let draft = office.store().find_draft(facility.id).await.expect("an answer").expect("a draft");
    let author = office.accounts.find(draft.author.expect("somebody").id).await.expect("an answer");
    let editor = EntryEditor::require(&author.expect("an account"), &facility).expect("of the county");
    strict.submit(&editor, draft.revision, "").await.expect("submitted");
    assert_eq!(count(&office, &[COUNTY, OTHER]).await, [0, 1]);
}
