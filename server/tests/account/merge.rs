//! Two entries side by side, before one goes into the other.

use app::domain::facility::Visibility;
use axum::http::StatusCode;

use crate::{
    desk::Office,
    editing::{AUE, act, change, editor},
    moderation::{county, stamp},
};

const ALT: &str = "/redaktion/eintraege/haus-aue-alt";
const MERGE: &str = "/redaktion/eintraege/haus-aue-alt/zusammenfuehren";

#[tokio::test(flavor = "multi_thread")]
async fn both_are_shown_first_and_what_has_changed_since_is_shown_again() {
    let office = Office::open().await;
    let (browser, facility) = editor(&office).await;
    let organization = facility.organization.as_ref().expect("one").id;
    let double = office.entry("Haus Aue alt", organization).await;
    let county = county(&office).await;
    change(&county, &format!("{ALT}/angebot-neu"), &[("art", "kurzzeitpflege"), ("plaetze", "4")]).await;
    act(&county, ALT, "einreichen").await.leads_to(&format!("{ALT}?getan=veroeffentlicht"));
    change(&browser, &format!("{ALT}/grunddaten"), &[("telefon", "03871 4")]).await;
    change(&browser, &format!("{AUE}/grunddaten"), &[("telefon", "03871 8")]).await;
    let notice = [("text", "Falsche Nummer")];
    office.browser().post("/einrichtung/haus-aue-alt/hinweis", &notice).await;

    county.get(ALT).await.shows("Mit einem anderen Eintrag zusammenführen");
    let shown = format!("{MERGE}?ziel=haus-aue");
    let page = county.get(&shown).await;
    for text in [
        "„Haus Aue alt“ geht in „Haus Aue“ auf",
        "Diese Angebote wandern mit",
        "Kurzzeitpflege",
        "Diese gibt es dort schon",
        "/einrichtung/haus-aue-alt",
        "Der Entwurf von „Haus Aue alt“ geht verloren",
        "Der Entwurf von „Haus Aue“ bleibt",
        "frühere Fassung",
    ] {
        assert!(page.text.contains(text), "{text}: {}", page.text);
    }
    let live = async || office.store().list_facilities(&[facility.id, double.id]).await.expect("an answer");
    let untouched = async || live().await[1].visibility == Visibility::Public;
    assert!(untouched().await, "looking changes nothing");

    // Without having seen it, and after somebody went on with a draft, it is shown anew.
    let blind = county.post(MERGE, &[("ziel", "haus-aue")]).await;
    assert_eq!(blind.status, StatusCode::CONFLICT, "{}", blind.text);
    let seen = stamp(&county, &shown).await;
    change(&browser, &format!("{AUE}/grunddaten"), &[("telefon", "03871 9")]).await;
    let stale = county.post(MERGE, &[("ziel", "haus-aue"), ("stand", &seen)]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text);
    assert!(stale.text.contains("inzwischen") && untouched().await, "{}", stale.text);
    let seen = stamp(&county, &shown).await;
    // Another entry than the one that was shown.
    office.entry("Haus Berg", organization).await;
    let other = county.post(MERGE, &[("ziel", "haus-berg"), ("stand", &seen)]).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "{}", other.text);
    assert!(other.text.contains("Haus Berg") && untouched().await, "{}", other.text);

    let done = county.post(MERGE, &[("ziel", "haus-aue"), ("stand", &seen)]).await;
    done.leads_to(&format!("{AUE}?getan=zusammengefuehrt"));
    let live = live().await;
    assert_eq!((live[0].offers.len(), live[1].visibility), (2, Visibility::Archived));
    // Twice the same: there is nothing to merge any more, and its page is that of the other.
    let again = county.post(MERGE, &[("ziel", "haus-aue"), ("stand", &seen)]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);
}
