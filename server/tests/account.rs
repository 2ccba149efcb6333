//! Accounts as people in offices meet them: the whole program with its router and a real store.

mod support;

#[path = "account/capacity.rs"]
mod capacity;
#[path = "account/capacity_links.rs"]
mod capacity_links;
#[path = "account/desk.rs"]
mod desk;
#[path = "account/directory.rs"]
mod directory;
#[path = "account/editing.rs"]
mod editing;
#[path = "account/history.rs"]
mod history;
#[path = "account/import.rs"]
mod import;
#[path = "account/letters.rs"]
mod letters;
#[path = "account/merge.rs"]
mod merge;
#[path = "account/moderation.rs"]
mod moderation;
#[path = "account/notice.rs"]
mod notice;
#[path = "account/organizations.rs"]
mod organizations;
#[path = "account/oversight.rs"]
mod oversight;
#[path = "account/own.rs"]
mod own;
#[path = "account/proposals.rs"]
mod proposals;
#[path = "account/recovery.rs"]
mod recovery;
#[path = "account/reminders.rs"]
mod reminders;
#[path = "account/roles.rs"]
mod roles;
#[path = "account/second_factor.rs"]
mod second_factor;
#[path = "account/sign_in.rs"]
mod sign_in;
#[path = "account/tables.rs"]
mod tables;
#[path = "account/team.rs"]
mod team;
#[path = "account/trust.rs"]
mod trust;
#[path = "account/upload.rs"]
mod upload;
#[path = "account/vocabulary.rs"]
mod vocabulary;
