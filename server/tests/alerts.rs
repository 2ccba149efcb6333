//! Alerts for citizens: wished for, told once, ended and deleted, on both engines.

mod support;

#[path = "account/desk.rs"]
#[allow(dead_code, reason = "only its browser is used")]
mod desk;

#[path = "alerts/ending.rs"]
mod ending;
#[path = "alerts/matching.rs"]
mod matching;
#[path = "alerts/pages.rs"]
mod pages;
#[path = "alerts/telling.rs"]
mod telling;
#[path = "alerts/wishes.rs"]
mod wishes;
#[path = "alerts/world.rs"]
mod world;
