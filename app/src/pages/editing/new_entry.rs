//! `/redaktion/{organization}/neu`: adding an entry.

use leptos::prelude::*;

use super::{back, page};
use crate::{
    components::{
        fields::{Fields, Line},
        form::{self, Problem},
    },
    domain::organization::Organization,
    forms::Typed,
    routes,
    shell::Site,
};

/// A form that adds an entry.
#[derive(Clone, Debug)]
pub struct NewEntry {
    pub organization: Organization,
    pub typed: Typed,
    pub problems: Vec<Problem>,
}

/// Adds an entry to an organization.
pub fn new_entry(site: &Site, new: NewEntry) -> String {
    page(site, "Einrichtung hinzufügen", !new.problems.is_empty(), move || {
        let NewEntry { organization, typed, problems } = new;
        let fields = Fields { typed: &typed, problems: &problems };
        view! {
            <div class="wrap narrow account">
                {back("Zu Ihren Einrichtungen".to_owned(), routes::EDITING.to_owned())}
                <h1>"Einrichtung hinzufügen"</h1>
                <p class="lead">
                    {format!("{}: Sie legen einen Entwurf an. Öffentlich wird er, wenn der Landkreis ihn freigibt.", organization.name)}
                </p>
                {form::summary(&problems)}
                <form class="form" method="post" action=routes::new_entry(&organization.slug)>
                    {fields.line("name", "Name der Einrichtung", Line::default())}
                    {form::submit("Entwurf anlegen")}
                </form>
            </div>
        }
        .into_any()
    })
}
