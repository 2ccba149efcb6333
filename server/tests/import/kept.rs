//! What people keep by hand, and what nobody wants listed, is not changed by a file.

use std::fs;

use app::domain::{
    draft::EntryVersion,
    facility::{Facility, Visibility},
    ids::Slug,
    offer::Source,
};
use time::macros::datetime;

use crate::{facilities, fixture, import, last_line, named, support};

const NAME: &str = "Haus \"Am Anger\"";
const AGAIN: &str = "created=0 updated=0 unchanged=8 rejected=4 drafts=2";

#[tokio::test]
async fn an_entry_that_was_edited_stays_and_what_the_file_says_is_proposed_once() {
    for county in support::stores().await {
        let (store, engine) = (&county.store, county.engine);
        let folder = tempfile::tempdir().expect("a folder");
        let (file, mapping) = (folder.path().join("county.csv"), fixture("musterau.toml"));
        let text = fs::read_to_string(fixture("musterau.csv")).expect("the fixture");
        fs::write(&file, &text).expect("written");
        import(store, &file, &mapping, folder.path()).await.expect("it runs");
        let imported = named(store, NAME).await;
        let recorded_at = datetime!(2026-11-22 09:00 UTC);
        let first = EntryVersion {
            number: 1,
            facility: imported.clone(),
            author: None,
            approved_by: None,
            reason: None,
            recorded_at,
        };
        let edited =
            Facility { phone: Some("09999 777".to_owned()), source: Source::Provider, ..imported.clone() };
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_version(&first).await.expect("inserted");
        tx.update_facility(&edited).await.expect("updated");
        tx.commit().await.expect("committed");

        // The file says what it said before: that is no news.
        let report = import(store, &file, &mapping, folder.path()).await.expect("it runs");
        assert_eq!(last_line(&report), AGAIN, "{engine}: {report}");
        fs::write(&file, text.replace("www.anger.example,60,", "www.anger.example,61,")).expect("written");
        let report = import(store, &file, &mapping, folder.path()).await.expect("it runs");
        let proposed = "created=0 updated=0 unchanged=6 rejected=4 drafts=2 proposed=2 held_back=0";
        assert_eq!(last_line(&report), proposed, "{engine}: {report}");
        let live = named(store, NAME).await;
        assert_eq!((&live.phone, live.offers.clone()), (&edited.phone, imported.offers.clone()), "{engine}");
        let proposal = store.find_proposal(live.id).await.expect("an answer").expect("a proposal");
        assert!(proposal.facility.offers.iter().any(|offer| offer.places_total == Some(61)), "{engine}");
        assert_eq!(store.list_proposals(9).await.expect("proposals").len(), 1, "{engine}");
        let report = import(store, &file, &mapping, folder.path()).await.expect("it runs");
        assert_eq!(last_line(&report), AGAIN, "{engine}: {report}");
    }
}

#[tokio::test]
async fn an_entry_that_is_declined_or_archived_is_held_back() {
    for county in support::stores().await {
        let (store, engine) = (&county.store, county.engine);
        let folder = tempfile::tempdir().expect("a folder");
        let (file, mapping) = (folder.path().join("county.csv"), fixture("musterau.toml"));
        let text = fs::read_to_string(fixture("musterau.csv")).expect("the fixture");
        fs::write(&file, &text).expect("written");
        import(store, &file, &mapping, folder.path()).await.expect("it runs");
        for visibility in [Visibility::Declined, Visibility::Archived] {
            let hidden = Facility { visibility, ..named(store, NAME).await };
            let mut tx = store.begin().await.expect("a transaction");
            tx.update_facility(&hidden).await.expect("updated");
            tx.commit().await.expect("committed");
            let before = facilities(store).await;
            fs::write(&file, text.replace("09999 100", "09999 199")).expect("written");
            let report = import(store, &file, &mapping, folder.path()).await.expect("it runs");
            let held = "created=0 updated=0 unchanged=6 rejected=4 drafts=2 proposed=0 held_back=2";
            assert_eq!(last_line(&report), held, "{engine}: {report}");
            let after = named(store, NAME).await;
            assert_eq!(Some(&after), before.iter().find(|own| own.id == after.id), "{engine}");
        }
    }
}

#[tokio::test]
async fn a_file_with_the_old_name_of_an_organization_means_the_same_one() {
    let text = |name: &str| {
        format!("id,name,type,place,operator,umbrella\n1,Haus Eins,tagespflege,Musterau,{name},Diakonie\n")
    };
    let mapping_text = "source = \"Liste\"\nfacility = [\"name\"]\n[columns]\nid = \"external_id\"\nname = \"name\"\ntype = \"care_type\"\nplace = \"municipality\"\noperator = \"organization\"\numbrella = \"umbrella\"\n";
    for county in support::stores().await {
        let (store, engine) = (&county.store, county.engine);
        let folder = tempfile::tempdir().expect("a folder");
        let (file, mapping) = (folder.path().join("liste.csv"), folder.path().join("liste.toml"));
        fs::write(&mapping, mapping_text).expect("written");
        fs::write(&file, text("Seewerk")).expect("written");
        import(store, &file, &mapping, folder.path()).await.expect("it runs");
        let mut own = store.list_organizations().await.expect("organizations").remove(0);
        // The county gives it another name, and so another address.
        (own.name, own.slug) = ("Seewerk gGmbH".to_owned(), Slug::from_name("Seewerk gGmbH"));
        let mut tx = store.begin().await.expect("a transaction");
        tx.update_organization(&own).await.expect("updated");
        tx.commit().await.expect("committed");
        let report = import(store, &file, &mapping, folder.path()).await.expect("it runs");
        assert_eq!(report.unchanged, 1, "{engine}: {report}");
        let operators = store.list_operators().await.expect("organizations");
        let counted: Vec<_> = operators.iter().map(|own| (&*own.organization.name, own.entries)).collect();
        assert_eq!(counted, [("Seewerk gGmbH", 1)], "{engine}");
        // Under another umbrella it is another one.
        fs::write(
            &file,
            text("Seewerk").replace("Diakonie", "Caritas").replace("1,Haus Eins", "2,Haus Zwei"),
        )
        .expect("written");
        import(store, &file, &mapping, folder.path()).await.expect("it runs");
        assert_eq!(store.list_operators().await.expect("organizations").len(), 2, "{engine}");
    }
}
