//! A power cut in the middle of an import. `KREISLOTSE_TEST_CRASHES=50` does it fifty times.

use crate::{
    rounds::{self, Outcome},
    support::postgres_store,
};

fn check(engine: &str, outcome: &Outcome) {
    println!("{engine}: {outcome:?}");
    assert!(outcome.is_sound(), "{engine}: {outcome:?}");
    assert!(outcome.interrupted > 0, "{engine}: nothing was interrupted: {outcome:?}");
}

#[test]
fn whatever_is_killed_during_imports_loses_nothing_acknowledged_and_index_and_store_agree() {
    check("SQLite", &rounds::run(rounds::rounds(), None));
}

#[tokio::test]
async fn the_same_holds_on_postgres() {
    let Some(database) = postgres_store().await else { return };
    check("PostgreSQL", &rounds::run(rounds::rounds(), Some(&database.url)));
}
