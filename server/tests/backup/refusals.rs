//! What is not restored, and not saved.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use server::{
    service::backup::{BackupError, check, copy_to, restore},
    store::Store,
};
use time::macros::datetime;

use crate::{
    content, fill, save,
    support::{postgres_store, sqlite_store, stores},
};

/// A backup of something.
async fn some_backup(folder: &Path) -> PathBuf {
    let test = sqlite_store().await;
    fill(&test.store).await;
    let file = folder.join("a.backup");
    save(&test.store, &file).await.expect("a backup");
    file
}

async fn refused(store: &Store, file: &Path) -> BackupError {
    let error = restore(store, file).await.expect_err("it is no good backup");
    assert!(store.is_empty().await.expect("an answer"), "{error}");
    assert_eq!(store.latest_change().await.expect("a number"), 0, "{error}");
    let text = error.to_string();
    assert!(text.ends_with('.') && !text.contains('\n'), "{text}");
    error
}

#[tokio::test]
async fn a_backup_that_is_cut_off_anywhere_is_refused() {
    let (folder, test) = (tempfile::tempdir().expect("a folder"), sqlite_store().await);
    let whole = fs::read(some_backup(folder.path()).await).expect("a file");
    let file = folder.path().join("cut.backup");
    for length in (0..whole.len()).step_by(whole.len() / 40 + 1).chain([whole.len() - 1, whole.len() - 9]) {
        fs::write(&file, &whole[..length]).expect("written");
        let error = refused(&test.store, &file).await;
        assert!(matches!(error, BackupError::Damaged(_) | BackupError::Foreign(_)), "{length}: {error:?}");
    }
}

#[tokio::test]
async fn a_backup_in_which_a_bit_has_changed_is_refused() {
    let (folder, test) = (tempfile::tempdir().expect("a folder"), sqlite_store().await);
    let whole = fs::read(some_backup(folder.path()).await).expect("a file");
    let file = folder.path().join("bit.backup");
    // The first ten bytes are gzip's own: time and system do not matter.
    let rows = content(&folder.path().join("a.backup"));
    let mut without_meaning = 0;
    for at in (10..whole.len()).step_by(whole.len() / 60 + 1) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        fs::write(&file, bytes).expect("written");
        if check(&file).is_ok() {
            // Bits that only fill up a byte say nothing.
            assert_eq!(content(&file), rows, "{at}");
            without_meaning += 1;
        } else {
            refused(&test.store, &file).await;
        }
    }
    assert!(without_meaning <= 2, "{without_meaning}");
}

/// A file that is packed as it should be, with these lines.
fn packed(file: &Path, lines: &[&str]) {
    let mut out = GzEncoder::new(fs::File::create(file).expect("a file"), Compression::fast());
    out.write_all((lines.join("\n") + "\n").as_bytes()).expect("written");
    out.finish().expect("written");
}

#[tokio::test]
async fn what_is_no_backup_or_a_newer_one_is_told_apart() {
    let (folder, test) = (tempfile::tempdir().expect("a folder"), sqlite_store().await);
    let file = folder.path().join("a.backup");
    fs::write(&file, "id,name\n1,Haus\n").expect("written");
    assert!(matches!(refused(&test.store, &file).await, BackupError::Foreign(_)));
    packed(&file, &["{\"name\":\"something else\"}"]);
    assert!(matches!(refused(&test.store, &file).await, BackupError::Foreign(_)));
    for newer in [
        "{\"kreislotse_backup\":2,\"schema\":1,\"program\":\"7.0.0\",\"more\":true}",
        "{\"kreislotse_backup\":1,\"schema\":99999,\"program\":\"7.0.0\",\"created_at\":\"\"}",
    ] {
        packed(&file, &[newer]);
        let error = refused(&test.store, &file).await;
        assert!(matches!(error, BackupError::Newer { .. }) && error.to_string().contains("7.0.0"), "{error}");
    }
    let header = "{\"kreislotse_backup\":1,\"schema\":1,\"program\":\"0\",\"created_at\":\"\"}";
    packed(&file, &[header, "{\"end\":{},\"sha256\":\"0\"}"]);
    assert!(matches!(refused(&test.store, &file).await, BackupError::Damaged(_)));
    fs::remove_file(&file).expect("removed");
    assert!(matches!(refused(&test.store, &file).await, BackupError::Unreadable { .. }));
    assert!(matches!(check(&file), Err(BackupError::Unreadable { .. })));
}

#[tokio::test]
async fn a_store_that_holds_anything_is_not_filled() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = some_backup(folder.path()).await;
    for test in stores().await {
        let mut tx = test.store.begin().await.expect("a transaction");
        tx.replace_gazetteer(&[crate::samples::gazetteer_place("19370", "Parchim")]).await.expect("inserted");
        tx.commit().await.expect("committed");
        let error = restore(&test.store, &file).await.expect_err("it is not empty");
        assert!(matches!(error, BackupError::NotEmpty), "{}: {error:?}", test.engine);
        assert_eq!(test.store.list_gazetteer().await.expect("places").len(), 1);
    }
}

#[tokio::test]
async fn a_postgres_that_a_portal_serves_from_is_not_filled() {
    let Some(test) = postgres_store().await else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let file = some_backup(folder.path()).await;
    // Another program, as far as the database knows.
    let other = Store::connect(&test.url).await.expect("the store opens");
    let portal = tokio::spawn(async move { other.stay_present().await });
    let blocked = async {
        while test.store.begin_filling().await.expect("a transaction").is_some() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), blocked).await.expect("the portal is noticed");
    let error = restore(&test.store, &file).await.expect_err("a portal is there");
    assert!(matches!(error, BackupError::Serving), "{error:?}");
    // Nor is it moved away from: what that portal takes in meanwhile would be lost.
    let target = Store::connect(&folder.path().join("new.db").display().to_string()).await;
    let target = target.expect("the store opens");
    target.migrate().await.expect("tables");
    let error = copy_to(&test.store, &target, folder.path(), datetime!(2026-11-22 08:00 UTC))
        .await
        .expect_err("a portal is there");
    assert!(matches!(error, BackupError::Serving), "{error:?}");
    portal.abort();
    let free = async {
        while test.store.begin_filling().await.expect("a transaction").is_none() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), free).await.expect("it is gone");
    restore(&test.store, &file).await.expect("restored");
}

#[tokio::test]
async fn a_backup_that_cannot_be_written_leaves_the_one_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = some_backup(folder.path()).await;
    let before = fs::read(&file).expect("a file");
    let test = sqlite_store().await;
    fill(&test.store).await;
    fs::remove_file(&test.url).expect("removed");
    let error = save(&test.store, &file).await.expect_err("the store is away");
    assert!(matches!(error, BackupError::Unavailable(_)), "{error:?}");
    assert_eq!(fs::read(&file).expect("a file"), before);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing half-done is left");
    let nowhere = folder.path().join("gibt/es/nicht.backup");
    let error = save(&test.store, &nowhere).await.expect_err("no folder");
    assert!(matches!(error, BackupError::Unwritable { .. }), "{error:?}");
}
