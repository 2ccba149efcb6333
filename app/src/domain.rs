//! The rules of the product, free of any framework.
//!
//! This module imports `std`, `serde`, `time`, `uuid` and `thiserror` and nothing else. It does no
//! I/O and reads no clock: what depends on time takes a [`now::Now`].

pub mod accessibility;
pub mod account;
pub mod alert;
pub mod api_token;
pub mod audit;
pub mod capacity;
pub mod care_type;
pub mod demo_people;
pub mod draft;
pub mod facility;
pub mod holiday;
pub mod ids;
pub mod import;
pub mod invitation;
pub mod map;
pub mod merge;
pub mod moderation;
pub mod notice;
pub mod now;
pub mod offer;
pub mod opening_hours;
pub mod organization;
pub mod place;
pub mod portal;
pub mod reminder;
pub mod report_link;
pub mod search;
pub mod search_results;
pub mod shortlist;
pub mod specialism;
pub mod suggestion;
pub mod unknown;
pub mod unreported;
pub mod upload;
pub mod value;
pub mod vocabulary;
