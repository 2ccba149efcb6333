//! Forms that are answered by the server: fields with label, hint and error, and a summary of what is
//! wrong that leads to the fields (GOV.UK: error summary).

use std::borrow::Cow;

use leptos::prelude::*;

use crate::domain::account::{Email, Password};

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The `id` of the field.
    pub field: Cow<'static, str>,
    /// What to do, one sentence.
    pub text: String,
}

impl Problem {
    pub fn new(field: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        Self { field: field.into(), text: text.into() }
    }
}

/// A line of text to type.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Its `id`, which is its name, too.
    pub id: &'static str,
    pub label: &'static str,
    /// `text`, `email` or `password`.
    pub kind: &'static str,
    pub value: String,
    pub hint: Option<&'static str>,
    /// What browsers and password managers fill in.
    pub autocomplete: &'static str,
    /// Which keys a phone shows.
    pub inputmode: Option<&'static str>,
    pub longest: usize,
}

impl Field {
    /// A password: the one in use (`current-password`) or a new one (`new-password`).
    pub fn password(id: &'static str, label: &'static str, autocomplete: &'static str) -> Self {
        let longest = *Password::LENGTH.end();
        Self { id, label, kind: "password", autocomplete, longest, ..Self::default() }
    }

    /// An e-mail address.
    pub fn email(id: &'static str, label: &'static str, autocomplete: &'static str, value: String) -> Self {
        Self { id, label, kind: "email", value, autocomplete, longest: Email::MAX, ..Self::default() }
    }

    /// The field, with its own among the problems.
    pub fn view(self, problems: &[Problem]) -> impl IntoView + use<> {
        let Self { id, label, kind, value, hint, autocomplete, inputmode, longest } = self;
        let error = problems.iter().find(|problem| problem.field == id).map(|problem| problem.text.clone());
        let (hint_id, error_id) = (format!("{id}-hinweis"), format!("{id}-fehler"));
        let described: Vec<String> =
            [hint.map(|_| hint_id.clone()), error.as_ref().map(|_| error_id.clone())]
                .into_iter()
                .flatten()
                .collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let invalid = error.is_some().then_some("true");
        let class =
            if error.is_some() { "kern-form-input kern-form-input--error" } else { "kern-form-input" };
        view! {
            <div class=class>
                <label class="kern-label" for=id>
                    {label}
                </label>
                {hint.map(|hint| view! { <p class="form__hint" id=hint_id>{hint}</p> })}
                <input
                    id=id
                    name=id
                    type=kind
                    class="kern-form-input__input"
                    value=value
                    required
                    maxlength=longest.to_string()
                    autocomplete=autocomplete
                    inputmode=inputmode
                    aria-describedby=described
                    aria-invalid=invalid
                />
                {error.map(|text| view! { <p class="form__error" id=error_id>{text}</p> })}
            </div>
        }
        .into_any()
    }
}

/// One of several, all in sight.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name; the first option has it as its `id`, so that a problem leads there.
    pub id: &'static str,
    pub legend: &'static str,
    /// Values with their words.
    pub options: Vec<(&'static str, &'static str)>,
    pub chosen: String,
}

impl Choice {
    /// The group, with its own among the problems.
    pub fn view(self, problems: &[Problem]) -> impl IntoView + use<> {
        let Self { id, legend, options, chosen } = self;
        let error = problems.iter().find(|problem| problem.field == id).map(|problem| problem.text.clone());
        let rows = options
            .into_iter()
            .enumerate()
            .map(|(at, (value, words))| {
                let own_id = if at == 0 { id.to_owned() } else { format!("{id}-{value}") };
                let target = own_id.clone();
                view! {
                    <label class="choice" for=target>
                        <input id=own_id type="radio" name=id value=value checked=chosen == value required />
                        <span>{words}</span>
                    </label>
                }
            })
            .collect_view();
        view! {
            <fieldset class="choices">
                <legend class="kern-label">{legend}</legend>
                {error.map(|text| view! { <p class="form__error">{text}</p> })}
                {rows}
            </fieldset>
        }
        .into_any()
    }
}

/// All problems of a form, each leading to its field. Nothing where there is none.
pub fn summary(problems: &[Problem]) -> impl IntoView + use<> {
    let problems = problems.to_vec();
    (!problems.is_empty()).then(move || {
        let rows = problems
            .into_iter()
            .map(|problem| view! { <li><a href=format!("#{}", problem.field)>{problem.text}</a></li> })
            .collect_view();
        view! {
            <div class="form__summary" role="alert" aria-labelledby="fehler" tabindex="-1">
                <h2 id="fehler">"Bitte prüfen Sie Ihre Angaben"</h2>
                <ul>{rows}</ul>
            </div>
        }
        .into_any()
    })
}

/// A button that sends its form.
pub fn submit(text: &'static str) -> impl IntoView {
    view! {
        <button type="submit" class="kern-btn kern-btn--primary">
            <span class="kern-label">{text}</span>
        </button>
    }
    .into_any()
}
