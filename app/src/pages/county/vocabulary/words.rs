//! `/kreis/woerter`: what people of this county call things.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{Shown, findings, form, leads_to, notice, only_administrators, undo};
use crate::{
    components::{
        fields::{Fields, Line},
        form as forms_of,
    },
    domain::{
        care_type::{CareGroup, Taxonomy},
        now::Now,
        vocabulary::{LexiconLine, Lists, Reading},
    },
    forms::Typed,
    pages::{
        county::named,
        editing::{back, page},
    },
    routes,
    shell::Site,
    text::{dates, vocabulary as in_words},
};

/// The county's own lines, and what the search understands under a word.
#[derive(Clone, Debug)]
pub struct WordsPage {
    pub lists: Lists,
    pub may_change: bool,
    /// What somebody looked up.
    pub reading: Option<Reading>,
    pub done: Option<&'static str>,
    pub now: Now,
}

/// The list.
pub fn words(site: &Site, shown: WordsPage) -> String {
    page(site, "Wörter der Suche", false, move || {
        let WordsPage { lists, may_change, reading, done, now } = shown;
        let typed = Typed(reading.iter().map(|reading| ("wort".to_owned(), reading.word.clone())).collect());
        let fields = Fields { typed: &typed, problems: &[] };
        let is_empty = lists.vocabulary.lines.is_empty();
        let rows = lists
            .vocabulary
            .lines
            .iter()
            .map(|line| row(line, &lists.current, may_change, now))
            .collect_view();
        let add = may_change.then(|| leads_to(routes::of_list(routes::WORDS, None), "Wörter hinzufügen"));
        view! {
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Wörter der Suche"</h1>
                <p class="lead">
                    "Die Suche kennt schon viele Wörter. Hier ergänzen Sie, was man bei Ihnen sagt."
                </p>
                {notice(done)}
                {only_administrators(may_change)}
                <form class="form" method="get" action=routes::WORDS>
                    {fields.line("wort", "Was versteht die Suche unter …", Line::default())}
                    {forms_of::submit("Nachsehen")}
                </form>
                {reading.map(looked_up)}
                <h2>"Eigene Wörter"</h2>
                {add}
                {is_empty.then(|| view! { <p>"Noch keine. Tippen Sie oben ein Wort ein und sehen Sie nach, ob die Suche es versteht."</p> })}
                <ul class="account__sessions">{rows}</ul>
            </div>
        }
        .into_any()
    })
}

fn looked_up(reading: Reading) -> AnyView {
    let means = if reading.means.is_empty() {
        "Dieses Wort steht in keiner Liste. Gesucht wird es so, wie es ist, in Namen und Texten.".to_owned()
    } else {
        reading.means.join(", ")
    };
    view! {
        <section aria-labelledby="nachgesehen">
            <h2 id="nachgesehen">{format!("„{}“", reading.word)}</h2>
            <p>{means}</p>
            {findings(reading.found)}
        </section>
    }
    .into_any()
}

fn row(line: &LexiconLine, taxonomy: &Taxonomy, may_change: bool, now: Now) -> AnyView {
    let title = line.words.join(", ");
    let path = routes::of_list(routes::WORDS, Some(&line.id.to_string()));
    let title = if may_change { view! { <a href=path>{title}</a> }.into_any() } else { title.into_any() };
    let when = dates::ago(line.changed_at, now.berlin_date);
    view! {
        <li class="account__session">
            <div>
                <p>{title}</p>
                <p>{format!("= {}", in_words::targets(&line.targets, taxonomy))}</p>
                <p class="account__small">{format!("geändert {when}{}", named(line.author.as_ref()))}</p>
            </div>
        </li>
    }
    .into_any()
}

/// A line of words as a form.
#[derive(Clone, Debug)]
pub struct WordPage {
    /// `None`: a new one.
    pub line: Option<LexiconLine>,
    pub taxonomy: Taxonomy,
    pub shown: Shown,
}

/// The form of a line.
pub fn word(site: &Site, of: WordPage) -> String {
    let title = if of.line.is_some() { "Wörter ändern" } else { "Neue Wörter" };
    page(site, title, of.shown.has_problems(), move || {
        let id = of.line.as_ref().map(|line| line.id.to_string());
        let path = routes::of_list(routes::WORDS, id.as_deref());
        let remove = id.is_some().then(|| {
            undo(
                path.clone(),
                of.shown.stamp.clone(),
                "entfernen",
                "Entfernen",
                "Die Suche versteht diese Wörter dann nur noch so, wie es vorgegeben ist.",
            )
        });
        let form = form(path, &of.shown, fields(&of));
        view! {
            <div class="wrap narrow account">
                {back("Zu den Wörtern".to_owned(), routes::WORDS.to_owned())}
                <h1>{title}</h1>
                {form}
                {remove}
            </div>
        }
        .into_any()
    })
}

fn fields(of: &WordPage) -> AnyView {
    let fields = of.shown.fields();
    let mut types: Vec<(String, String)> = Vec::new();
    for group in CareGroup::ALL {
        types.extend(of.taxonomy.in_group(group).map(|own| (own.slug.to_string(), own.name.clone())));
    }
    let mut specialisms: Vec<(String, String)> =
        of.taxonomy.shown_specialisms().map(|(slug, name)| (slug.to_owned(), name.to_owned())).collect();
    // What was chosen stays, also where it was hidden since.
    for slug in fields.typed.all("art").filter_map(|slug| of.taxonomy.find(slug)) {
        if slug.hidden {
            types.push((slug.slug.to_string(), slug.name.clone()));
        }
    }
    for own in fields.typed.all("schwerpunkt").filter_map(|slug| of.taxonomy.find_specialism(slug)) {
        if own.hidden {
            specialisms.push((own.slug.clone(), own.name.clone()));
        }
    }
    let same = Line {
        hint: Some(
            "Wörter, die dasselbe sagen, durch Kommas getrennt. Kennt die Suche sie, gilt deren Bedeutung; sonst sucht sie sie in Namen und Texten.",
        ),
        ..Line::default()
    };
    view! {
        {fields.lines("woerter", "Wörter", Some("Je Zeile ein Wort oder ein kurzer Ausdruck, höchstens 6 Wörter lang."), 4)}
        {fields.line("gleich", "Gleichbedeutend mit", same)}
        <p class="form__hint">"Mehrere Angebotsarten: eine davon genügt. Angebotsart und Schwerpunkt: beides zusammen."</p>
        <div class="columns">{fields.checks("art", "Angebotsarten", types)}</div>
        <div class="columns">{fields.checks("schwerpunkt", "Schwerpunkte", specialisms)}</div>
    }
    .into_any()
}
