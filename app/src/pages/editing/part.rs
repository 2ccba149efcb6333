//! One part of an entry as a form.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{action, back, files, page};
use crate::{
    components::{
        fields::{Fields, Line},
        form::{self, Problem},
    },
    domain::{
        accessibility::Feature, care_type::CareGroup, draft::Entry, offer::OfferForm,
        opening_hours::OpenSpan, place::Municipality, portal::Portal,
    },
    forms::{Part, Typed},
    routes,
    shell::Site,
    text::{changes::Change, dates, editing as words, features},
};

/// What the form shows.
#[derive(Clone, Debug)]
pub struct PartPage {
    pub entry: Entry,
    pub part: Part,
    pub typed: Typed,
    /// What the form showed first: whoever sends it back has seen this.
    pub stamp: String,
    pub problems: Vec<Problem>,
    /// Somebody else has saved meanwhile: what they typed beside what was typed here.
    pub conflict: Option<Vec<Change>>,
    pub municipalities: Vec<Municipality>,
}

/// A part of an entry.
pub fn part(site: &Site, shown: PartPage) -> String {
    let portal = site.portal.clone();
    let title = format!("{}: {}", words::part(shown.part).0, shown.entry.current().name);
    let has_problems = !shown.problems.is_empty() || shown.conflict.is_some();
    page(site, &title, has_problems, move || {
        let slug = shown.entry.live.slug.clone();
        let seen = shown.entry.revision();
        let path = routes::entry_step(&slug, &shown.part.segment());
        let fields = Fields { typed: &shown.typed, problems: &shown.problems };
        let inside = match shown.part {
            Part::Basics => basics(fields, &shown.municipalities),
            Part::Contacts => contacts(fields),
            Part::Access => access(fields),
            Part::Pictures => files::pictures(fields, &shown.entry.current().pictures),
            Part::Documents => files::documents(fields),
            Part::Provider => provider(fields),
            Part::Offer(_) | Part::NewOffer => offer(fields, &shown, &portal),
        };
        let upload = files::upload(fields, shown.part, shown.entry.current(), &path);
        let has_fields = shown.part != Part::Pictures || !shown.entry.current().pictures.is_empty();
        let remove = matches!(shown.part, Part::Offer(_)).then(|| {
            view! {
                <details class="danger">
                    <summary>"Angebot entfernen"</summary>
                    <p>"Das Angebot verschwindet aus dem Entwurf. Öffentlich ändert sich erst etwas, wenn der Landkreis freigibt."</p>
                    {action(format!("{path}/entfernen"), "Ja, Angebot entfernen", shown.entry.current().name.clone(), seen)}
                </details>
            }
        });
        let conflict = shown.conflict.clone().map(|all| conflict(all, path.clone()));
        let has_conflict = conflict.is_some();
        view! {
            <div class="wrap narrow account">
                {back(format!("Zurück zu {}", shown.entry.current().name), routes::entry(&slug))}
                <h1>{words::part(shown.part).0}</h1>
                <p class="lead">{format!("{}. Gespeichert wird ein Entwurf; öffentlich ändert sich noch nichts.", shown.entry.current().name)}</p>
                {form::summary(&shown.problems)}
                {conflict}
                <form class="form form--wide" method="post" action=path.clone() novalidate>
                    <input type="hidden" name="stand" value=shown.stamp.clone() />
                    {inside}
                    {has_fields.then(|| form::submit(if has_conflict { "Meine Fassung speichern" } else { "Speichern" }))}
                </form>
                {upload}
                {remove}
            </div>
        }
        .into_any()
    })
}

/// Two people were at it: both versions, and the choice.
fn conflict(all: Vec<Change>, path: String) -> AnyView {
    view! {
        <div class="form__summary" role="alert" aria-labelledby="fehler" tabindex="-1">
            <h2 id="fehler">"Jemand anderes hat inzwischen gespeichert"</h2>
            <p>"Es ist nichts verloren. Vergleichen Sie beide Fassungen und entscheiden Sie:"</p>
            {super::comparison(all, "Inzwischen gespeichert", "Ihre Fassung")}
            <p>
                "Unten steht Ihre Fassung; „Meine Fassung speichern“ ersetzt die andere. Oder "
                <a href=path>"die andere Fassung behalten"</a> "."
            </p>
        </div>
    }
    .into_any()
}

const TEL: Line = Line { kind: Some("tel"), hint: None, inputmode: None, autocomplete: None, short: false };
const MAIL: Line =
    Line { kind: Some("email"), hint: None, inputmode: None, autocomplete: None, short: false };
pub(super) const TEXT: Line =
    Line { kind: None, hint: None, inputmode: None, autocomplete: None, short: false };
const NUMBER: Line =
    Line { kind: None, hint: None, inputmode: Some("decimal"), autocomplete: None, short: true };

pub(super) fn web(hint: Option<&'static str>) -> Line {
    Line { hint, inputmode: Some("url"), ..TEXT }
}

pub(super) fn hinted(hint: &'static str) -> Line {
    Line { hint: Some(hint), ..TEXT }
}

fn basics(fields: Fields<'_>, municipalities: &[Municipality]) -> AnyView {
    let mut options = vec![(String::new(), "Bitte wählen".to_owned())];
    options.extend(municipalities.iter().map(|own| (own.id.to_string(), own.name.clone())));
    view! {
        {fields.line("name", "Name der Einrichtung", TEXT)}
        {fields.line("strasse", "Straße und Hausnummer", TEXT)}
        {fields.line("plz", "Postleitzahl", Line { inputmode: Some("numeric"), ..NUMBER })}
        {fields.select("gemeinde", "Gemeinde", None, options)}
        {fields.line("ortsteil", "Ortsteil", TEXT)}
        {fields
            .line(
                "lage",
                "Lage auf der Karte",
                hinted("Breite und Länge, zum Beispiel 49,4667, 7,1667. Leer: Wir nehmen die Mitte des Ortes. Bitte prüfen, wenn Sie umziehen."),
            )}
        {fields.line("telefon", "Telefon", TEL)}
        {fields.line("email", "E-Mail", MAIL)}
        {fields.line("website", "Website", web(None))}
        {fields
            .lines(
                "beschreibung",
                "Beschreibung",
                Some("Wie ist es bei Ihnen? Kurze Sätze, keine Werbung. Höchstens 5.000 Zeichen."),
                8,
            )}
    }
    .into_any()
}

/// Rows that are there, and two to fill in.
pub(super) fn count(fields: Fields<'_>, prefix: &str, names: &[&str], most: usize) -> usize {
    let is_filled =
        |at: usize| names.iter().any(|name| !fields.typed.get(&format!("{prefix}-{at}-{name}")).is_empty());
    let filled = (0..most).filter(|at| is_filled(*at)).max().map_or(0, |last| last + 1);
    (filled + 2).min(most.max(filled))
}

fn contacts(fields: Fields<'_>) -> AnyView {
    let most = crate::forms::MOST_CONTACTS;
    let rows = (0..count(fields, "kontakt", &["wofuer", "telefon", "email"], most))
        .map(|at| {
            view! {
                <fieldset class="choices row-of-fields">
                    <legend class="kern-label">{format!("Kontakt {}", at + 1)}</legend>
                    {fields.line(&format!("kontakt-{at}-wofuer"), "Wofür", TEXT)}
                    {fields.line(&format!("kontakt-{at}-telefon"), "Telefon", TEL)}
                    {fields.line(&format!("kontakt-{at}-email"), "E-Mail", MAIL)}
                </fieldset>
            }
        })
        .collect_view();
    let days = (1..=OpenSpan::HOLIDAY)
        .map(|day| {
            let name = if day == OpenSpan::HOLIDAY { "Feiertage" } else { dates::weekday(day) };
            fields.line(&format!("tag-{day}"), name, TEXT)
        })
        .collect_view();
    let kinds = [
        ("regelmaessig", "Regelmäßig, wie unten angegeben"),
        ("vereinbarung", "Nach Vereinbarung"),
        ("unbekannt", "Keine Angabe"),
    ];
    view! {
        <h2>"Ansprechstellen"</h2>
        <p>"Zum Beispiel „Aufnahme“ oder „Beschwerden“. Zeilen, die leer bleiben, fallen weg."</p>
        {rows}
        <h2>"Öffnungszeiten"</h2>
        {fields.radios("zeiten", "Wann ist jemand zu erreichen?", &kinds, "unbekannt")}
        <p class="form__hint">"So: 8–12 Uhr, 14–17:30 Uhr. Leer heißt geschlossen."</p>
        {days}
    }
    .into_any()
}

fn access(fields: Fields<'_>) -> AnyView {
    let features = Feature::ALL
        .map(|feature| {
            let options = [("ja", "ja"), ("nein", "nein"), ("unbekannt", "nicht bekannt")];
            fields.radios(
                &format!("merkmal-{}", feature.key()),
                features::feature(feature),
                &options,
                "unbekannt",
            )
        })
        .into_iter()
        .collect_view();
    let mut languages: Vec<(String, String)> =
        features::LANGUAGES.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect();
    for code in fields.typed.all("sprache") {
        if !languages.iter().any(|(own, _)| own == code) {
            languages.push((code.to_owned(), code.to_owned()));
        }
    }
    view! {
        <h2>"Barrierefreiheit"</h2>
        <div class="features">{features}</div>
        <h2>"Sprachen"</h2>
        <div class="columns">{fields.checks("sprache", "Welche Sprachen sprechen Sie außer Deutsch?", languages)}</div>
    }
    .into_any()
}

fn provider(fields: Fields<'_>) -> AnyView {
    view! {
        {fields.line("rechtsform", "Rechtsform", hinted("Zum Beispiel gGmbH, eingetragener Verein, Einzelpraxis."))}
        {fields.line("vertretung", "Vertreten durch", hinted("Geschäftsführung oder Vorstand, mit Namen."))}
        {fields.line("register", "Register", hinted("Gericht und Nummer, zum Beispiel Amtsgericht Saarbrücken, HRB 1234."))}
        {fields.line("aufsicht", "Aufsichtsbehörde", hinted("Bei Heimen die Heimaufsicht."))}
        {fields.line("ik", "Institutionskennzeichen (IK)", Line { inputmode: Some("numeric"), ..NUMBER })}
        {fields.line("eigentuemer", "Eigentümer des Gebäudes", hinted("Nur, wenn es nicht der Träger ist."))}
    }
    .into_any()
}

fn offer(fields: Fields<'_>, shown: &PartPage, portal: &Portal) -> AnyView {
    let mut types = vec![(String::new(), "Bitte wählen".to_owned())];
    for group in CareGroup::ALL {
        let of_group = portal.taxonomy.in_group(group);
        types.extend(of_group.map(|own| (own.slug.to_string(), own.name.clone())));
    }
    let chosen = fields.typed.get("art");
    if !types.iter().any(|(slug, _)| slug == chosen) {
        let known = portal.taxonomy.find(chosen);
        types.push((chosen.to_owned(), known.map_or(chosen, |own| &own.name).to_owned()));
    }
    let forms = std::iter::once((String::new(), "keine Angabe".to_owned()))
        .chain(OfferForm::ALL.map(|form| (form.key().to_owned(), features::form(form).to_owned())))
        .collect();
    let mut specialisms: Vec<(String, String)> =
        portal.taxonomy.shown_specialisms().map(|(slug, name)| (slug.to_owned(), name.to_owned())).collect();
    for slug in fields.typed.all("schwerpunkt") {
        if !specialisms.iter().any(|(own, _)| own == slug) {
            specialisms.push((slug.to_owned(), portal.taxonomy.specialism_name(slug).to_owned()));
        }
    }
    let mut municipalities: Vec<(String, String)> = shown
        .municipalities
        .iter()
        .filter_map(|own| Some((own.ags.as_ref()?.as_str().to_owned(), own.name.clone())))
        .collect();
    for key in fields.typed.all("gebiet-gemeinde") {
        if !municipalities.iter().any(|(own, _)| own == key) {
            municipalities.push((key.to_owned(), key.to_owned()));
        }
    }
    let own = if let Part::Offer(id) = shown.part { Some(id) } else { None };
    let others = shown.entry.current().offers.iter().filter(|offer| Some(offer.id) != own);
    let shares: Vec<_> = std::iter::once((String::new(), "Eigene Plätze".to_owned()))
        .chain(
            others.map(|offer| (offer.id.to_string(), portal.taxonomy.name_of(&offer.care_type).to_owned())),
        )
        .collect();
    let areas = [
        ("unbekannt", "Keine Angabe"),
        ("umkreis", "Im Umkreis der Einrichtung"),
        ("gemeinden", "In bestimmten Gemeinden"),
    ];
    let areas_open = !fields.typed.get("gebiet-gemeinde").is_empty()
        || fields.problems.iter().any(|problem| problem.field == "gebiet-gemeinde");
    let approvals = vec![
        (String::new(), "keine Angabe".to_owned()),
        ("approved".to_owned(), "ja".to_owned()),
        ("not_approved".to_owned(), "nein".to_owned()),
    ];
    view! {
        {fields.select("art", "Was wird angeboten?", None, types)}
        {fields.line("bezeichnung", "Eigener Name des Angebots", hinted("Nur, wenn es anders heißt als seine Art."))}
        {fields.select("form", "Form", Some("Für Kurzzeit- und Verhinderungspflege."), forms)}
        {fields.line("fachrichtung", "Fachrichtung", hinted("Für Facharztpraxen."))}
        {fields.line("plaetze", "Plätze insgesamt", Line { inputmode: Some("numeric"), ..NUMBER })}
        {(shares.len() > 1).then(|| fields.select("teilt", "Wessen Plätze sind das?", Some("Eingestreute Kurzzeitpflege nutzt die Plätze des Pflegeheims."), shares))}
        <div class="columns">{fields.checks("schwerpunkt", "Schwerpunkte", specialisms)}</div>
        {fields.radios("gebiet", "Wohin kommen Sie?", &areas, "unbekannt")}
        {fields.line("gebiet-km", "Umkreis in Kilometern", NUMBER)}
        <details class="more" open=areas_open>
            <summary>"Gemeinden auswählen"</summary>
            <div class="columns">{fields.checks("gebiet-gemeinde", "Gemeinden", municipalities)}</div>
        </details>
        {fields.line("eigenanteil", "Eigenanteil im Monat, in Euro", NUMBER)}
        {fields.line("eigenanteil-stand", "Eigenanteil gilt seit", Line { kind: Some("date"), short: true, ..TEXT })}
        {fields.select("zulassung", "Von den Pflegekassen zugelassen?", None, approvals)}
        {fields.line("pruefbericht", "Bericht des Medizinischen Dienstes", web(Some("Adresse im Netz.")))}
        {fields.lines("bedingungen", "Bedingungen und Ausschlüsse", Some("Zum Beispiel: ab Pflegegrad 2, keine Beatmung."), 4)}
    }
    .into_any()
}
