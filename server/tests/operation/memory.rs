//! Memory that a crowd needed is given back.

use crate::program::{Serving, directory};

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn a_portal_keeps_few_pools_of_memory_unless_told_otherwise() {
    let data = directory();
    let portal = Serving::start(data.path(), &[]);
    assert_eq!(portal.setting("MALLOC_ARENA_MAX").as_deref(), Some("2"));
    drop(portal);
    let portal = Serving::start_with(data.path(), &[], &[("MALLOC_ARENA_MAX", "7")]);
    assert_eq!(portal.setting("MALLOC_ARENA_MAX").as_deref(), Some("7"));
}
