//! HTML for snapshots.

use std::fmt::Write;

use leptos::prelude::{IntoView, Owner, RenderHtml};

/// Renders a view with one tag a line.
pub(crate) fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    let html = owner.with(|| view().into_view().to_html());
    owner.unset_with_forced_cleanup();
    readable(&html)
}

/// One tag a line and nothing that only the compiler chose: an island's name ends with a number that
/// depends on how and where it was built.
pub(crate) fn readable(html: &str) -> String {
    let lines = html.replace("<!>", "").replace("><", ">\n<");
    let mut parts = lines.split("data-component=\"");
    let mut readable = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('"').expect("the end of the name");
        let name = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
        let _ = write!(readable, "data-component=\"{name}\"{rest}");
    }
    readable
}
