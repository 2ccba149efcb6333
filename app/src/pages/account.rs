//! Signing in, and one's own account. Plain forms: nothing here needs a script.

use leptos::tachys::view::any_view::AnyView;

use super::head;
use crate::shell::{Head, Site, document};

mod invitation;
mod outbox;
mod own;
mod recovery;
mod reminder;
mod second_factor;
mod sign_in;
mod team;

pub use invitation::invitation;
pub use outbox::{OutboxRow, outbox};
pub use own::{OwnAccount, SessionRow, own};
pub use recovery::{confirm_address, forgotten, letter_sent, new_password, worn_link};
pub use reminder::{RemindersPage, reminders, reminders_stopped, stop_reminders};
pub use second_factor::{SetupForm, recovery_codes, set_up};
pub use sign_in::{SignInForm, code, sign_in};
pub use team::{RolePage, TeamPage, role, team};

/// A page that is for one person alone.
fn page(site: &Site, title: &str, has_problems: bool, main: impl FnOnce() -> AnyView) -> String {
    let title = if has_problems { format!("Fehler: {title}") } else { title.to_owned() };
    document(site, Head { noindex: true, ..head(&title) }, main)
}
