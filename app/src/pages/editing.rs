//! `/redaktion`: where those work who keep entries. Plain forms: nothing here needs a script.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::head;
use crate::{
    backend::FacilityView,
    domain::{
        draft::{DraftState, Entry},
        facility::{Facility, Visibility},
    },
    routes,
    shell::{Head, Site, document},
    text::editing as words,
};

mod capacity_table;
mod entry;
mod files;
mod history;
mod home;
mod interface;
mod kept;
mod new_entry;
mod part;
mod preview;
mod report_history;

pub use capacity_table::{CapacityTablePage, capacity_table};
pub use entry::{EntryPage, entry};
pub use history::{history, version};
pub use home::{editing, forbidden};
pub use interface::{Accesses, InterfacePage, interface, new_access};
pub use kept::kept;
pub use new_entry::{NewEntry, new_entry};
pub use part::{PartPage, part};
pub use preview::{before, comparison, new_pictures, preview};
pub use report_history::{HistoryOf, report_history};

/// A page that is for those who work with the portal.
pub(super) fn page(site: &Site, title: &str, has_problems: bool, main: impl FnOnce() -> AnyView) -> String {
    let title = if has_problems { format!("Fehler: {title}") } else { title.to_owned() };
    document(site, Head { noindex: true, ..head(&title) }, main)
}

/// The way back, above the heading.
pub(super) fn back(text: String, to: String) -> AnyView {
    view! {
        <p class="back">
            <a href=to>{text}</a>
        </p>
    }
    .into_any()
}

/// Where the county says what it has heard on the phone about an entry that people see.
fn county_reports(entry: &Facility) -> Option<AnyView> {
    let text = "Freie Plätze melden, die Sie am Telefon erfahren";
    let link = || view! { <p><a href=routes::county_report(&entry.slug)>{text}</a></p> }.into_any();
    (entry.visibility == Visibility::Public).then(link)
}

/// How an entry stands: what people see, and what is being made of it.
pub(super) fn badges(visibility: Visibility, draft: Option<DraftState>) -> AnyView {
    let kind = match visibility {
        Visibility::Public => "badge badge--good",
        Visibility::Draft | Visibility::Archived | Visibility::Declined => "badge",
    };
    let draft = draft.map(|state| {
        let class = match state {
            DraftState::Returned => "badge badge--urgent",
            DraftState::Editing | DraftState::Submitted => "badge badge--open",
        };
        view! { <span class=class>{words::draft_state(state)}</span> }
    });
    view! {
        <span class="badges">
            <span class=kind>{words::visibility(visibility)}</span>
            {draft}
        </span>
    }
    .into_any()
}

/// A button that does one thing, in a form of its own. `seen` is the revision of the draft that the page shows.
pub(super) fn action(path: String, text: &'static str, about: String, seen: i64) -> AnyView {
    view! {
        <form method="post" action=path>
            <input type="hidden" name="stand" value=seen.to_string() />
            <button type="submit" class="kern-btn kern-btn--secondary">
                <span class="kern-label">{text}</span>
                <span class="unseen">{format!(": {about}")}</span>
            </button>
        </form>
    }
    .into_any()
}

/// The page of an entry as people would see it after approval. No link of it counts as visited by anybody else.
pub fn rendering(site: &Site, entry: &Entry, view: FacilityView) -> String {
    let portal = site.portal.clone();
    let back_to = routes::entry_step(&entry.live.slug, "vorschau");
    let title = format!("Vorschau: {}", entry.current().name);
    document(site, Head { noindex: true, ..head(&title) }, move || {
        let shown = super::facility::main(portal, view, Vec::new());
        view! {
            <aside class="wrap note preview-note" aria-label="Vorschau">
                <p>"So sieht der Eintrag nach der Freigabe aus. " <a href=back_to>"Zurück zum Vergleich"</a></p>
            </aside>
            {shown}
        }
        .into_any()
    })
}
