//! The store on both engines.

mod support;

#[path = "store/accounts.rs"]
mod accounts;
#[path = "store/changes.rs"]
mod changes;
#[path = "store/editing.rs"]
mod editing;
#[path = "store/imports.rs"]
mod imports;
#[path = "store/outage.rs"]
mod outage;
#[path = "store/queries.rs"]
mod queries;
#[path = "store/rules.rs"]
mod rules;
#[path = "store/settings.rs"]
mod settings;
#[path = "store/story.rs"]
mod story;
#[path = "store/together.rs"]
mod together;
#[path = "store/vocabulary.rs"]
mod vocabulary;
