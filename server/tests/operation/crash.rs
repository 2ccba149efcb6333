//! A power cut in the middle of an import. `cargo xtask bench crash` does it fifty times.

use crate::rounds;

#[test]
fn whatever_is_killed_during_imports_loses_nothing_acknowledged_and_index_and_store_agree() {
    let outcome = rounds::run(4);
    assert_eq!((outcome.lost, outcome.torn, outcome.disagreeing), (0, 0, 0), "{outcome:?}");
    assert!(outcome.interrupted > 0, "nothing was interrupted: {outcome:?}");
}
