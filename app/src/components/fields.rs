//! Fields of long forms: each shows what was typed and what is wrong with it, and none is required by the browser, so
//! that a half-finished form can be sent.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::form::Problem;
use crate::forms::Typed;

/// The content of a textarea. Leptos writes it as it is, so it is made plain text here; the first line break is one that
/// browsers leave out.
pub fn inside_textarea(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}

/// A form that is shown: what its fields hold, and what is wrong with them.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    pub typed: &'a Typed,
    pub problems: &'a [Problem],
}

/// How a line is typed.
#[derive(Clone, Copy, Default)]
pub struct Line {
    pub hint: Option<&'static str>,
    /// `text`, `tel`, `email`, `url` or `date`; nothing: `text`.
    pub kind: Option<&'static str>,
    /// Which keys a phone shows.
    pub inputmode: Option<&'static str>,
    /// What browsers fill in.
    pub autocomplete: Option<&'static str>,
    /// The field is short: a postcode, a number.
    pub short: bool,
}

impl Fields<'_> {
    fn error(&self, id: &str) -> Option<String> {
        self.problems.iter().find(|problem| problem.field == id).map(|problem| problem.text.clone())
    }

    /// A line of text.
    pub fn line(&self, id: &str, label: &str, line: Line) -> AnyView {
        let value = self.typed.get(id).to_owned();
        let around = self.around(id, label, line.hint);
        let id = id.to_owned();
        let class = if line.short { "kern-form-input__input field--short" } else { "kern-form-input__input" };
        let input = view! {
            <input
                id=id.clone()
                name=id
                type=line.kind.unwrap_or("text")
                class=class
                value=value
                inputmode=line.inputmode
                autocomplete=line.autocomplete.unwrap_or("off")
                aria-describedby=around.described.clone()
                aria-invalid=around.invalid()
            />
        };
        around.view(input.into_any())
    }

    /// A file of the device. What was chosen is lost when the form comes back: browsers want it so.
    pub fn file(&self, id: &str, label: &str, hint: Option<&'static str>, accept: &'static str) -> AnyView {
        let around = self.around(id, label, hint);
        let id = id.to_owned();
        let input = view! {
            <input
                id=id.clone()
                name=id
                type="file"
                class="file"
                accept=accept
                aria-describedby=around.described.clone()
                aria-invalid=around.invalid()
            />
        };
        around.view(input.into_any())
    }

    /// One box to tick.
    pub fn check(&self, id: &str, label: &str) -> AnyView {
        let checked = self.typed.has(id, "ja");
        let id = id.to_owned();
        view! {
            <label class="choice" for=id.clone()>
                <input id=id.clone() type="checkbox" name=id.clone() value="ja" checked=checked />
                <span>{label.to_owned()}</span>
            </label>
        }
        .into_any()
    }

    /// Text in several lines.
    pub fn lines(&self, id: &str, label: &str, hint: Option<&'static str>, rows: u8) -> AnyView {
        let value = self.typed.get(id).to_owned();
        let around = self.around(id, label, hint);
        let id = id.to_owned();
        let area = view! {
            <textarea
                id=id.clone()
                name=id
                class="kern-form-input__input"
                rows=rows.to_string()
                aria-describedby=around.described.clone()
                aria-invalid=around.invalid()
            >
                {inside_textarea(&value)}
            </textarea>
        };
        around.view(area.into_any())
    }

    /// One of a list; the first option may stand for nothing.
    pub fn select(
        &self,
        id: &str,
        label: &str,
        hint: Option<&'static str>,
        options: Vec<(String, String)>,
    ) -> AnyView {
        let chosen = self.typed.get(id).to_owned();
        let around = self.around(id, label, hint);
        let rows = options
            .into_iter()
            .map(|(value, words)| {
                let selected = value == chosen;
                view! { <option value=value selected=selected>{words}</option> }
            })
            .collect_view();
        let id = id.to_owned();
        let select = view! {
            <select
                id=id.clone()
                name=id
                class="kern-form-input__input"
                aria-describedby=around.described.clone()
                aria-invalid=around.invalid()
            >
                {rows}
            </select>
        };
        around.view(select.into_any())
    }

    /// Several of a list, all in sight.
    pub fn checks(&self, id: &str, legend: &str, options: Vec<(String, String)>) -> AnyView {
        self.group("checkbox", id, legend, options, String::new())
    }

    /// One of a few, all in sight; `usual` is chosen where nothing was.
    pub fn radios(&self, id: &str, legend: &str, options: &[(&str, &str)], usual: &str) -> AnyView {
        let options =
            options.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect();
        self.group("radio", id, legend, options, usual.to_owned())
    }

    fn group(
        &self,
        kind: &'static str,
        id: &str,
        legend: &str,
        options: Vec<(String, String)>,
        usual: String,
    ) -> AnyView {
        let error = self.error(id);
        let nothing = self.typed.get(id).is_empty();
        let name = id.to_owned();
        let rows = options
            .into_iter()
            .enumerate()
            .map(|(at, (value, words))| {
                let own_id = if at == 0 { name.clone() } else { format!("{name}-{value}") };
                let target = own_id.clone();
                let checked = self.typed.has(&name, &value) || nothing && value == usual;
                view! {
                    <label class="choice" for=target>
                        <input id=own_id type=kind name=name.clone() value=value checked=checked />
                        <span>{words}</span>
                    </label>
                }
            })
            .collect_view();
        view! {
            <fieldset class="choices">
                <legend class="kern-label">{legend.to_owned()}</legend>
                {error.map(|text| view! { <p class="form__error">{text}</p> })}
                <div class="choices__rows">{rows}</div>
            </fieldset>
        }
        .into_any()
    }

    fn around(&self, id: &str, label: &str, hint: Option<&'static str>) -> Around {
        let error = self.error(id);
        let parts = [hint.map(|_| format!("{id}-hinweis")), error.as_ref().map(|_| format!("{id}-fehler"))];
        let described: Vec<String> = parts.into_iter().flatten().collect();
        Around {
            id: id.to_owned(),
            label: label.to_owned(),
            hint,
            error,
            described: (!described.is_empty()).then(|| described.join(" ")),
        }
    }
}

/// Label, hint and error around a field.
struct Around {
    id: String,
    label: String,
    hint: Option<&'static str>,
    error: Option<String>,
    described: Option<String>,
}

impl Around {
    fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    fn view(self, field: AnyView) -> AnyView {
        let Self { id, label, hint, error, .. } = self;
        let class =
            if error.is_some() { "kern-form-input kern-form-input--error" } else { "kern-form-input" };
        let (hint_id, error_id) = (format!("{id}-hinweis"), format!("{id}-fehler"));
        view! {
            <div class=class>
                <label class="kern-label" for=id>
                    {label}
                </label>
                {hint.map(|hint| view! { <p class="form__hint" id=hint_id>{hint}</p> })}
                {field}
                {error.map(|text| view! { <p class="form__error" id=error_id>{text}</p> })}
            </div>
        }
        .into_any()
    }
}
