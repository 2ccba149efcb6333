//! `/redaktion/eintraege/{slug}/zusammenfuehren`: two entries side by side, before one goes into the other.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use crate::{
    components::{fields::Fields, form},
    domain::{facility::Facility, merge::Merge, offer::Offer, portal::Portal},
    forms::Typed,
    pages::editing::{back, comparison, page},
    routes,
    shell::Site,
    text::changes,
};

const REASON: &str = "grund-zusammenfuehren";

/// What becomes of both, and the decision. `stamp` is what was shown, `reason` what was typed.
pub fn merge(
    site: &Site,
    merge: Merge,
    (stamp, reason): (String, String),
    problem: Option<&'static str>,
) -> String {
    let portal = site.portal.clone();
    let title = format!("Zusammenführen: {}", merge.from.live.name);
    page(site, &title, problem.is_some(), move || {
        let (from, to) = (&merge.from.live, &merge.to.live);
        let typed = Typed(vec![(REASON.to_owned(), reason.clone())]);
        let fields_of_form = Fields { typed: &typed, problems: &[] };
        let fields = changes::changes(&without_offers(from), &without_offers(to), &portal);
        view! {
            <div class="wrap account">
                {back(format!("Zurück zu {}", from.name), routes::entry(&from.slug))}
                <h1>"Zwei Einträge zusammenführen"</h1>
                {problem
                    .map(|text| {
                        view! {
                            <div class="form__summary" role="alert" tabindex="-1">
                                <p>{text}</p>
                            </div>
                        }
                    })}
                <p class="lead">
                    {format!("„{}“ geht in „{}“ auf und verlässt das Verzeichnis.", from.name, to.name)}
                </p>
                <ul class="plain">
                    <li>
                        "Geht darin auf: " <a href=routes::facility(&from.slug)>{routes::facility(&from.slug)}</a>
                    </li>
                    <li>
                        "Bleibt: " <a href=routes::facility(&to.slug)>{routes::facility(&to.slug)}</a>
                    </li>
                </ul>
                <h2>"Angaben, die sich unterscheiden"</h2>
                <p>"Es gilt, was rechts steht. Was nur links steht, geht nicht mit: Übertragen Sie es vorher, wenn es stimmt."</p>
                {comparison(fields, "Geht darin auf", "Bleibt")}
                <h2>"Angebote"</h2>
                {offers("Diese Angebote wandern mit, samt ihren Meldungen:", merge.moved(), &portal)}
                {offers("Diese gibt es dort schon; dort gelten die Angaben des bleibenden Eintrags:", merge.dropped(), &portal)}
                <h2>"Was außerdem geschieht"</h2>
                <ul>{consequences(&merge)}</ul>
                <form class="form" method="post" action=routes::entry_step(&from.slug, "zusammenfuehren")>
                    <input type="hidden" name="ziel" value=to.slug.to_string() />
                    <input type="hidden" name="stand" value=stamp />
                    {fields_of_form
                        .lines(
                            REASON,
                            "Grund (freiwillig)",
                            Some("Steht in der E-Mail an die Personen beider Träger."),
                            2,
                        )}
                    {form::submit("Zusammenlegen")}
                </form>
                <p>
                    <a href=routes::entry(&from.slug)>"Nicht zusammenlegen"</a>
                </p>
            </div>
        }
        .into_any()
    })
}

/// Offers have a list of their own: that two of them have different ids says nothing to anybody.
fn without_offers(facility: &Facility) -> Facility {
    Facility { offers: Vec::new(), ..facility.clone() }
}

fn offers<'a>(about: &'static str, all: impl Iterator<Item = &'a Offer>, portal: &Portal) -> Option<AnyView> {
    let rows: Vec<_> = all
        .map(|offer| {
            let name = portal.taxonomy.name_of(&offer.care_type);
            let label = offer.label.as_ref().map(|label| format!(" ({label})")).unwrap_or_default();
            view! { <li>{format!("{name}{label}")}</li> }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <p>{about}</p>
            <ul>{rows}</ul>
        }
        .into_any()
    })
}

fn consequences(merge: &Merge) -> Vec<AnyView> {
    let addresses: Vec<_> = merge.addresses.iter().map(routes::facility).collect();
    let mut all =
        vec![format!("Diese Adressen führen künftig zum bleibenden Eintrag: {}.", addresses.join(", "))];
    if merge.from.draft.is_some() {
        all.push(format!("Der Entwurf von „{}“ geht verloren.", merge.from.live.name));
    }
    if merge.to.draft.is_some() {
        all.push(format!(
            "Der Entwurf von „{}“ bleibt, bekommt die neuen Angebote dazu und geht zum Vergleichen an den Träger zurück.",
            merge.to.live.name
        ));
    }
    all.push(match merge.versions {
        0 => "Die jetzige Fassung bleibt beim archivierten Eintrag erhalten.".to_owned(),
        1 => "Die jetzige und eine frühere Fassung bleiben beim archivierten Eintrag erhalten.".to_owned(),
        count => {
            format!("Die jetzige und {count} frühere Fassungen bleiben beim archivierten Eintrag erhalten.")
        }
    });
    match merge.notices {
        0 => {}
        1 => all.push("Ein offener Hinweis bleibt in Ihrer Warteschlange.".to_owned()),
        count => all.push(format!("{count} offene Hinweise bleiben in Ihrer Warteschlange.")),
    }
    if merge.from.live.organization != merge.to.live.organization {
        let name = |facility: &Facility| {
            facility
                .organization
                .as_ref()
                .map_or_else(|| "kein Träger".to_owned(), |own| format!("„{}“", own.name))
        };
        all.push(format!(
            "Träger ist danach {}; bisher war es {}.",
            name(&merge.to.live),
            name(&merge.from.live)
        ));
    }
    all.into_iter().map(|text| view! { <li>{text}</li> }.into_any()).collect()
}
