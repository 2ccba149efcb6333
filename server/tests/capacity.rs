//! Capacity as it is reported, on both engines: what stands, what is refused, and when it is over.

mod support;

#[path = "capacity/reference.rs"]
mod reference;
#[path = "capacity/world.rs"]
mod world;

#[path = "capacity/expiry.rs"]
mod expiry;
#[path = "capacity/links.rs"]
mod links;
#[path = "capacity/reminders.rs"]
mod reminders;
#[path = "capacity/reports.rs"]
mod reports;
#[path = "capacity/simulation.rs"]
mod simulation;
#[path = "capacity/trust.rs"]
mod trust;
#[path = "capacity/unreported.rs"]
mod unreported;
#[path = "capacity/validity.rs"]
mod validity;
