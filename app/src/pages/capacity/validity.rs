//! How long reports of single offers hold: for the county.

use std::collections::HashMap;

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{One, numbered};
use crate::{
    components::{
        fields::{Fields, Line},
        form::Problem,
    },
    domain::{ids::OfferId, portal::Portal},
    forms::{self, Typed},
};

/// The form of days, for each offer of a facility.
#[derive(Clone, Debug)]
pub struct ValidityForm {
    /// Where it is sent.
    pub path: String,
    /// The days of those offers that have their own.
    pub own: HashMap<OfferId, u16>,
    /// The offer whose form came back, with what was typed and what is wrong with it.
    pub offer: Option<OfferId>,
    pub typed: Typed,
    pub problems: Vec<Problem>,
}

pub(super) fn validity(form: &ValidityForm, all: &[One<'_>], portal: &Portal) -> AnyView {
    let rows: Vec<_> = all.iter().map(|one| row(form, *one, portal)).collect();
    view! {
        <section class="report__validity" aria-labelledby="gueltigkeit">
            <h2 id="gueltigkeit">"Wie lange Meldungen gelten"</h2>
            <p class="account__small">"Leer gilt, was für die Art des Angebots eingestellt ist. Eine Änderung gilt ab der nächsten Meldung."</p>
            {rows}
        </section>
    }
    .into_any()
}

fn row(form: &ValidityForm, one: One<'_>, portal: &Portal) -> AnyView {
    let id = one.offer.id;
    let is_own = form.offer == Some(id);
    let typed = if is_own {
        form.typed.clone()
    } else {
        let days = form.own.get(&id).map_or_else(String::new, ToString::to_string);
        Typed(vec![("tage".to_owned(), days)])
    };
    let typed = forms::capacity::numbered(&typed, one.number);
    let problems = if is_own { numbered(&form.problems, one.number) } else { Vec::new() };
    let fields = Fields { typed: &typed, problems: &problems };
    let usual = portal.taxonomy.find(one.offer.care_type.as_str()).and_then(|own| own.valid_days);
    let usual = usual.map(|days| format!("Üblich für diese Art: {days} Tage")).unwrap_or_default();
    let name = one.name(portal);
    let line = Line { inputmode: Some("numeric"), short: true, ..Line::default() };
    let field = fields.line(&format!("tage-{}", one.number), &format!("{name}: Tage"), line);
    view! {
        <form class="form" method="post" action=form.path.clone() novalidate>
            <input type="hidden" name="angebot" value=id.to_string() />
            <input type="hidden" name="feld" value=one.number.to_string() />
            {field}
            <p class="form__hint">{usual}</p>
            <button type="submit" class="kern-btn kern-btn--secondary">
                <span class="kern-label">"Tage speichern"</span>
                <span class="unseen">{format!(": {name}")}</span>
            </button>
        </form>
    }
    .into_any()
}
