//! Pictures and documents that people send.

use app::domain::account::{CountyRole, OrganizationRole};
use axum::http::StatusCode;
use image::{DynamicImage, ImageFormat, RgbImage};
use time::Duration;

use crate::{
    desk::{Answer, Browser, EMAIL, Office},
    editing::{AUE, act, change, editor, fields},
    moderation::{DECIDE, county, decide, stamp},
};

const PICTURES: &str = "/redaktion/eintraege/haus-aue/bilder";
const DOCUMENTS: &str = "/redaktion/eintraege/haus-aue/unterlagen";
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let drawn = RgbImage::from_fn(800, 600, |x, _| image::Rgb([u8::try_from(x / 4).unwrap_or(0), 90, 90]));
    DynamicImage::from(drawn).write_to(&mut bytes, ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

async fn send_picture(browser: &Browser<'_>, alt: &str) -> Answer {
    browser.send_file(&format!("{PICTURES}/neu"), &[("neu-alt", alt)], &picture()).await
}

/// Addresses of files that a page shows, each once.
fn files(page: &str) -> Vec<String> {
    let mut all: Vec<String> = page
        .split(['"', ' '])
        .filter(|word| word.starts_with("/medien/"))
        .map(|word| word.trim_end_matches(',').to_owned())
        .collect();
    all.sort();
    all.dedup();
    all
}

async fn approve(office: &Office, browser: &Browser<'_>, county: &Browser<'_>) {
    act(browser, AUE, "einreichen").await.leads_to(&format!("{AUE}?getan=eingereicht"));
    decide(county, &stamp(county, DECIDE).await, "freigeben", "").await.leads_to("/kreis?getan=freigegeben");
    office.clock.passes(Duration::minutes(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_seen_by_its_editors_first_and_by_everybody_once_it_is_approved() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    let county = county(&office).await;
    let stranger = office.organization("Fremder Träger").await;
    let account = office.person("fremd@heim.example", None).await;
    office.joins(account, stranger, OrganizationRole::Owner).await;
    let stranger = office.signed_in("fremd@heim.example").await;
    let citizen = office.browser();

    send_picture(&browser, "Der Garten <script>alert(1)</script>").await.leads_to(PICTURES);
    let page = browser.get(PICTURES).await;
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
    let shown = files(&page.text);
    assert_eq!(shown.len(), 2, "{shown:?}");
    for file in &shown {
        let own = browser.get(file).await;
        assert_eq!((own.status, own.header("content-type")), (StatusCode::OK, "image/jpeg"));
        assert_eq!(own.header("cache-control"), "private, no-store");
        let seen = image::load_from_memory_with_format(&own.bytes, ImageFormat::Jpeg).expect("a JPEG");
        assert_eq!(seen.width(), if file.contains("-klein") { 640 } else { 800 });
        assert_eq!(county.get(file).await.status, StatusCode::OK);
        assert_eq!(stranger.get(file).await.status, StatusCode::NOT_FOUND);
        let answer = citizen.get(file).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(answer.header("set-cookie"), "");
    }
    act(&browser, AUE, "einreichen").await;
    let decision = county.get(DECIDE).await;
    decision.shows("Neue Bilder");
    assert!(decision.text.contains(&shown[0]), "{}", decision.text);
    decide(&county, &stamp(&county, DECIDE).await, "freigeben", "").await;

    office.comes("/einrichtung/haus-aue", "aria-labelledby=\"pictures\"").await;
    let public = citizen.get("/einrichtung/haus-aue").await;
    assert!(public.text.contains("alt=\"Der Garten &lt;script"), "{}", public.text);
    assert!(public.text.contains("property=\"og:image\" content=\"https://pflege.example/medien/"));
    for file in &shown {
        let answer = citizen.get(file).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("cache-control"), "public, max-age=604800, immutable");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("set-cookie"), "");
    }

    // Taken off the public entry, it is nobody else's business any more; the earlier version still has it.
    let weg = format!("{}-weg", name_of_first(&browser).await);
    change(&browser, PICTURES, &[(&weg, "ja")]).await.leads_to(&format!("{AUE}?getan=gespeichert"));
    approve(&office, &browser, &county).await;
    assert_eq!(citizen.get(&shown[0]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get(&shown[0]).await.status, StatusCode::OK);
}

/// `bild-…` of the first picture that the form shows.
async fn name_of_first(browser: &Browser<'_>) -> String {
    let all = fields(&browser.get(PICTURES).await.text);
    let first = all.iter().find_map(|(name, _)| name.strip_suffix("-alt")).expect("a picture");
    first.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_described_ordered_and_removed_like_any_other_part() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    browser.get(PICTURES).await.shows("Noch kein Bild");
    for alt in ["Haus", "Garten", "Zimmer"] {
        send_picture(&browser, alt).await.leads_to(PICTURES);
    }
    let names: Vec<String> = fields(&browser.get(PICTURES).await.text)
        .into_iter()
        .filter_map(|(name, _)| name.strip_suffix("-alt").map(str::to_owned))
        .collect();
    let (place, alt) = (format!("{}-platz", names[2]), format!("{}-alt", names[0]));
    change(&browser, PICTURES, &[(&place, "1"), (&alt, "Unser Haus")]).await;
    let compared = browser.get(&format!("{AUE}/vorschau")).await;
    compared.shows("1. Zimmer\n2. Unser Haus\n3. Garten");
    change(&browser, PICTURES, &[(&alt, " ")])
        .await
        .refuses(StatusCode::UNPROCESSABLE_ENTITY, "was zu sehen ist");
    // Two people at it: who saves later sees both.
    let old = browser.get(PICTURES).await;
    send_picture(&browser, "Küche").await.leads_to(PICTURES);
    let mut late = fields(&old.text);
    late.iter_mut().filter(|(name, _)| *name == alt).for_each(|(_, value)| value.push('!'));
    let late: Vec<(&str, &str)> = late.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = browser.post(PICTURES, &late).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text.contains("Unser Haus!") && answer.text.contains("4. Küche"), "{}", answer.text);
    for at in 5..=12 {
        send_picture(&browser, &format!("Bild {at}")).await.leads_to(PICTURES);
    }
    browser.get(PICTURES).await.shows("Mehr haben keinen Platz");
    let more = send_picture(&browser, "Eins zu viel").await;
    more.refuses(StatusCode::UNPROCESSABLE_ENTITY, "Mehr als 12 Bilder");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pdf_is_saved_and_never_shown_by_the_portal() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    let county = county(&office).await;
    let path = format!("{DOCUMENTS}/neu");
    browser.send_file(&path, &[("neu-titel", "Haus\"ordnung\r\nx: y")], PDF).await.leads_to(DOCUMENTS);
    let page = browser.get(DOCUMENTS).await;
    page.shows("Hochgeladenes PDF");
    let file = files(&page.text).remove(0);
    assert_eq!(office.browser().get(&file).await.status, StatusCode::NOT_FOUND);
    approve(&office, &browser, &county).await;
    office.comes("/einrichtung/haus-aue", &file).await;
    let answer = office.browser().get(&file).await;
    assert_eq!((answer.status, answer.bytes.as_slice()), (StatusCode::OK, PDF));
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"haus-ordnung-x-y.pdf\"");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
    // Under the name of a picture it is nothing.
    assert_eq!(office.browser().get(&file.replace(".pdf", ".jpg")).await.status, StatusCode::NOT_FOUND);
    // The other documents stay where they are, and it goes with a tick.
    let (weg, title) = position_of(&browser, &file).await;
    change(&browser, DOCUMENTS, &[(&title, "Neue Ordnung")])
        .await
        .leads_to(&format!("{AUE}?getan=gespeichert"));
    browser.get(&format!("{AUE}/vorschau")).await.shows("Neue Ordnung: /medien/");
    change(&browser, DOCUMENTS, &[(&weg, "ja")]).await.leads_to(&format!("{AUE}?getan=gespeichert"));
    assert!(files(&browser.get(DOCUMENTS).await.text).is_empty());
    browser.get(DOCUMENTS).await.shows("https://haus.example.org/ordnung.pdf");
}

/// The boxes of the document that lies at an address: the one that removes it, and its title.
async fn position_of(browser: &Browser<'_>, file: &str) -> (String, String) {
    let all = fields(&browser.get(DOCUMENTS).await.text);
    let own = all.iter().find(|(_, value)| value == file).expect("the document");
    let stem = own.0.trim_end_matches("adresse");
    (format!("{stem}weg"), format!("{stem}titel"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_kept_is_refused_in_words_and_what_was_typed_stays() {
    const BAD: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    let (to, alt) = (format!("{PICTURES}/neu"), [("neu-alt", "Der \"Garten\"")]);
    for (file, text) in [
        (b"".as_slice(), "wählen Sie eine Datei"),
        (b"<svg onload='alert(1)'>", "kein Bild, das wir lesen können"),
        (b"GIF89a", "kein Bild, das wir lesen können"),
        (PDF, "kein Bild, das wir lesen können"),
        (&picture()[..500], "beschädigt"),
    ] {
        let answer = browser.send_file(&to, &alt, file).await;
        answer.refuses(BAD, text);
        assert!(answer.text.contains("value=\"Der &quot;Garten&quot;\""), "{}", answer.text);
    }
    browser.send_file(&to, &[("neu-alt", " ")], &picture()).await.refuses(BAD, "was zu sehen ist");
    browser.send_file(&to, &[("neu-alt", &"x".repeat(251))], &picture()).await.refuses(BAD, "kürzen Sie");
    browser.send_file(&to, &alt, &vec![0; 12_000_001]).await.refuses(BAD, "zu groß");
    let flood = browser.send_file(&to, &alt, &vec![0; 25 * 1024 * 1024]).await;
    assert_eq!(flood.status, StatusCode::PAYLOAD_TOO_LARGE);
    let to = format!("{DOCUMENTS}/neu");
    for file in [b"<html>".as_slice(), &picture(), &PDF[..20]] {
        browser.send_file(&to, &[("neu-titel", "Preise")], file).await.refuses(BAD, "kein PDF");
    }
    browser.send_file(&to, &[], PDF).await.refuses(BAD, "einen Titel");
    // Nothing of all this was kept.
    browser.get(AUE).await.shows("Bilder");
    assert!(!browser.get(AUE).await.text.contains("Entwurf, zuletzt"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sends_files_for_others_and_no_form_names_files_of_others() {
    let office = Office::open().await;
    let (browser, _) = editor(&office).await;
    let other = office.organization("Fremder Träger").await;
    office.entry("Haus Berg", other).await;
    let account = office.person("fremd@heim.example", None).await;
    office.joins(account, other, OrganizationRole::Editor).await;
    let stranger = office.signed_in("fremd@heim.example").await;
    let path = format!("{PICTURES}/neu");
    let refused = stranger.send_file(&path, &[("neu-alt", "Fremd")], &picture()).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let away = office.browser().send_file(&path, &[("neu-alt", "Fremd")], &picture()).await;
    away.leads_to(&format!("/anmelden?weiter={PICTURES}"));
    browser.send_file(&format!("{DOCUMENTS}/neu"), &[("neu-titel", "Intern")], PDF).await.leads_to(DOCUMENTS);
    let file = files(&browser.get(DOCUMENTS).await.text).remove(0);
    let berg = "/redaktion/eintraege/haus-berg/unterlagen";
    let forged = [("unterlage-1-titel", "Meins"), ("unterlage-1-adresse", file.as_str())];
    change(&stranger, berg, &forged).await.refuses(StatusCode::UNPROCESSABLE_ENTITY, "keine Web-Adresse");
    assert_eq!(stranger.get(&file).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_nothing_names_are_removed_after_a_day_and_their_number_is_bounded() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    office.person("admin@kreis.example", Some(CountyRole::Administrator)).await;
    let path = format!("{DOCUMENTS}/neu");
    let send = async || browser.send_file(&path, &[("neu-titel", "Preise")], PDF).await;
    let count = async || {
        let mut tx = office.store().begin().await.expect("a transaction");
        tx.list_uploads(facility.id).await.expect("files").len()
    };
    for _ in 0..3 {
        send().await.leads_to(DOCUMENTS);
        act(&browser, AUE, "verwerfen").await;
    }
    assert_eq!(count().await, 3);
    office.clock.passes(Duration::hours(25));
    let browser_again = office.signed_in(EMAIL).await;
    let sent = browser_again.send_file(&path, &[("neu-titel", "Preise")], PDF).await;
    sent.leads_to(DOCUMENTS);
    assert_eq!(count().await, 1, "only the one that the draft names");
    let mut tx = office.store().begin().await.expect("a transaction");
    for _ in 0..99 {
        let id = app::domain::ids::UploadId(uuid::Uuid::now_v7());
        let new = server::store::NewUpload {
            id,
            facility: facility.id,
            name: "x",
            content: PDF,
            small: None,
            created_at: office.clock.instant(),
        };
        tx.insert_upload(&new).await.expect("inserted");
    }
    tx.commit().await.expect("committed");
    let full = browser_again.send_file(&path, &[("neu-titel", "Preise")], PDF).await;
    full.refuses(StatusCode::UNPROCESSABLE_ENTITY, "schon sehr viele Dateien");
}
