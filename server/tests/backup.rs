//! Backups on both engines: what is in them, what is refused, and what comes back.

mod support;

#[path = "backup/refusals.rs"]
mod refusals;
#[path = "backup/story.rs"]
mod story;
#[path = "backup/tables.rs"]
mod tables;

use std::{fs::File, io::Read, path::Path};

use app::domain::{
    account::{Email, OrganizationRole},
    ids::InvitationId,
    invitation::{Invitation, InvitedTo},
};
use flate2::read::GzDecoder;
use server::{
    service::backup::{BackupError, BackupReport, backup},
    store::Store,
};
use time::macros::datetime;
use uuid::Uuid;

use support::samples;

/// Everything in a backup but its first and last line, which say when it was made and check it.
pub fn content(file: &Path) -> Vec<String> {
    let mut text = String::new();
    GzDecoder::new(File::open(file).expect("a file")).read_to_string(&mut text).expect("a backup");
    let lines: Vec<_> = text.lines().map(str::to_owned).collect();
    lines[1..lines.len() - 1].to_vec()
}

pub async fn save(store: &Store, file: &Path) -> Result<BackupReport, BackupError> {
    backup(store, file, datetime!(2026-11-22 08:00 UTC)).await
}

/// Puts at least one row into every table, and every kind of value with its edges.
pub async fn fill(store: &Store) {
    let mut tx = store.begin().await.expect("a transaction");
    let operator = samples::organization("Diakonie Müritz");
    let town = samples::municipality("Parchim", Some("13076108"));
    tx.insert_organization(&operator).await.expect("inserted");
    tx.insert_municipality(&town).await.expect("inserted");
    let mut home = samples::full_facility("Haus am Wall", &operator, &town);
    home.position = app::domain::place::Position::new(53.400_000_000_000_006, -0.1);
    let key = server::store::ImportKey { source: "Liste".to_owned(), key: "a|b".to_owned() };
    tx.insert_facility(&home, Some(&key)).await.expect("inserted");
    tx.insert_facility(&samples::plain_facility("„Äpfel & Birnen“ \n\t\\ 👵🏽"), None).await.expect("inserted");
    // The one that shares comes before the one it shares with.
    let (mut embedded, stay) =
        (samples::full_offer("kurzzeitpflege", "2"), samples::full_offer("vollstationaere-pflege", "1"));
    embedded.service_area = Some(app::domain::offer::ServiceArea::RadiusKm(12.5));
    tx.insert_offer(home.id, &embedded).await.expect("inserted");
    tx.insert_offer(home.id, &stay).await.expect("inserted");
    embedded.shares_places_with = Some(stay.id);
    tx.update_offer(home.id, &embedded).await.expect("updated");
    for free in [3, 0] {
        let sequence = tx.insert_report(&samples::report(stay.id, free)).await.expect("inserted");
        let day = time::macros::date!(2026 - 11 - 22);
        tx.tell_not_free(home.id, sequence, day, Some(1)).await.expect("counted");
    }
    home.slug = app::domain::ids::Slug::from_name("Haus am neuen Wall");
    tx.update_facility(&home).await.expect("updated");
    let renamed = app::domain::organization::Organization {
        slug: app::domain::ids::Slug::from_name("Neu"),
        ..operator
    };
    tx.update_organization(&renamed).await.expect("updated");
    let places = [samples::gazetteer_place("19370", "Parchim"), samples::gazetteer_place("19386", "Lübz")];
    let account = samples::account("petra@heim.example");
    tx.insert_account(&account, datetime!(2026-11-01 08:00 UTC)).await.expect("inserted");
    let id = account.account.id;
    tx.save_membership(id, renamed.id, OrganizationRole::Owner).await.expect("saved");
    let (made, expires) = (datetime!(2026-11-01 08:00 UTC), datetime!(2026-11-15 08:00 UTC));
    let token = server::store::MailToken { account: id, credentials: 0, new_email: None };
    tx.replace_mail_token("hash", &token, made, expires).await.expect("inserted");
    let invitation = Invitation {
        id: InvitationId(Uuid::now_v7()),
        email: Email::parse("neu@heim.example").expect("an address"),
        to: InvitedTo::Organization { id: renamed.id, name: String::new(), role: OrganizationRole::Editor },
        invited_by: id,
        inviter: String::new(),
        created_at: made,
        expires_at: expires,
    };
    tx.replace_invitation(&invitation, "hash").await.expect("inserted");
    tx.update_totp(&account.account, Some("JBSWY3DPEHPK3PXP"), Some(59_000_000)).await.expect("updated");
    tx.replace_recovery_codes(id, &["ab".repeat(32)]).await.expect("inserted");
    for at in [datetime!(2026-11-01 08:00 UTC), datetime!(2026-11-01 08:01 UTC)] {
        tx.record_audit(&samples::audit_event(id, at)).await.expect("recorded");
    }
    samples::fill_editing(&mut tx, &home, id, made).await;
    samples::fill_uploads(&mut tx, home.id, made).await;
    samples::fill_vocabulary(&mut tx, id, made).await;
    samples::capacity::fill_capacity(&mut tx, &renamed, stay.id, made).await;
    samples::fill_reminders(&mut tx, home.id, stay.id, id, made).await;
    samples::fill_api_tokens(&mut tx, &renamed, &home, id, made).await;
    tx.save_setting("etwas", "wert").await.expect("saved");
    tx.replace_gazetteer(&places).await.expect("inserted");
    tx.commit().await.expect("committed");
}
