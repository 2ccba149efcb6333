//! The controls of one offer.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use crate::{
    components::fields::{Fields, Line},
    domain::{capacity::TimeKind, care_type::LightKind},
    forms::capacity::Kind,
    text::{counts, dates},
};

const DAY: Line = Line { kind: Some("date"), hint: None, inputmode: None, autocomplete: None, short: true };
const COUNT: Line =
    Line { kind: None, hint: None, inputmode: Some("numeric"), autocomplete: None, short: true };
const TEXT: Line = Line { kind: None, hint: None, inputmode: None, autocomplete: None, short: false };
/// What is folded away unless something of it was said.
const FOLDED: [&str; 9] = [
    "liste",
    "wochen-von",
    "wochen-bis",
    "stopp",
    "stopp-bis",
    "ruecksprache",
    "raeume",
    "fuer-wen",
    "hinweis",
];

/// A form, with its names numbered.
pub(super) struct Controls<'a> {
    pub fields: Fields<'a>,
    pub number: usize,
    pub kind: Kind,
    /// Rows of periods.
    pub rows: usize,
    pub places_total: Option<u32>,
    /// The part of the page that the form is in.
    pub here: String,
}

impl Controls<'_> {
    fn id(&self, name: &str) -> String {
        format!("{name}-{}", self.number)
    }

    fn line(&self, name: &str, label: &str, line: Line) -> AnyView {
        self.fields.line(&self.id(name), label, line)
    }

    fn day(&self, name: &str, label: &str) -> AnyView {
        self.line(name, label, DAY)
    }

    pub fn view(&self) -> AnyView {
        let first = match self.kind.light {
            LightKind::Places => self.free_places(),
            LightKind::Intake | LightKind::None => self.intake(),
        };
        let times = match self.kind.times {
            TimeKind::None => None,
            TimeKind::Stays => Some(self.periods()),
            TimeKind::Weekdays => Some(self.weekdays()),
        };
        view! {
            {first}
            {self.line("ab", "Frei ab (Datum)", Line { hint: Some("Wenn erst später etwas frei wird"), ..DAY })}
            {times}
            {self.more()}
        }
        .into_any()
    }

    /// How many places are free now, with − and +.
    fn free_places(&self) -> AnyView {
        let id = self.id("frei");
        let error = self.fields.problems.iter().find(|own| own.field == id).map(|own| own.text.clone());
        let (hint_id, error_id) = (format!("{id}-hinweis"), format!("{id}-fehler"));
        let described = match error {
            Some(_) => format!("{hint_id} {error_id}"),
            None => hint_id.clone(),
        };
        let class =
            if error.is_some() { "kern-form-input kern-form-input--error" } else { "kern-form-input" };
        let of = self.places_total.map(|total| format!(" Es gibt {}.", counts::places(total)));
        let hint = format!("Die Sie heute vergeben können. 0 heißt: belegt.{}", of.unwrap_or_default());
        let invalid = error.as_ref().map(|_| "true");
        let value = self.fields.typed.get(&id).to_owned();
        view! {
            <div class=class>
                <label class="kern-label" for=id.clone()>
                    "Freie Plätze"
                </label>
                <p class="form__hint" id=hint_id>{hint}</p>
                <div class="stepper">
                    {self.step("weniger", "−", "ein Platz weniger", "-1")}
                    <input
                        id=id.clone()
                        name=id
                        type="text"
                        inputmode="numeric"
                        class="kern-form-input__input"
                        value=value
                        autocomplete="off"
                        aria-describedby=described
                        aria-invalid=invalid
                    />
                    {self.step("mehr", "+", "ein Platz mehr", "1")}
                    <span class="kern-sr-only" role="status"></span>
                </div>
                {error.map(|text| view! { <p class="form__error" id=error_id>{text}</p> })}
            </div>
        }
        .into_any()
    }

    fn step(&self, what: &'static str, sign: &'static str, words: &'static str, by: &'static str) -> AnyView {
        view! {
            <button
                type="submit"
                name="was"
                value=what
                formaction=self.here.clone()
                class="kern-btn kern-btn--secondary stepper__step"
                data-schritt=by
            >
                <span class="kern-label" aria-hidden="true">{sign}</span>
                <span class="unseen">{words}</span>
            </button>
        }
        .into_any()
    }

    fn intake(&self) -> AnyView {
        const OPTIONS: [(&str, &str); 3] =
            [("ja", "Wir nehmen auf"), ("warteliste", "Warteliste"), ("stopp", "Aufnahmestopp")];
        view! {
            {self.fields.radios(&self.id("aufnahme"), "Nehmen Sie auf?", &OPTIONS, "")}
            {self.weeks()}
            {self.day("stopp-bis", "Aufnahmestopp bis (letzter Tag)")}
        }
        .into_any()
    }

    fn weeks(&self) -> AnyView {
        view! {
            <div class="report__pair">
                {self.line("wochen-von", "Wartezeit von (Wochen)", COUNT)} {self.line("wochen-bis", "bis (Wochen)", COUNT)}
            </div>
        }
        .into_any()
    }

    fn periods(&self) -> AnyView {
        let rows: Vec<_> = (0..self.rows)
            .map(|row| {
                view! {
                    <fieldset class="report__period">
                        <legend class="unseen">{format!("Zeitraum {}", row + 1)}</legend>
                        {self.day(&format!("zeit-von-{row}"), "vom")}
                        {self.day(&format!("zeit-bis-{row}"), "bis zum (letzter Tag)")}
                        {self.line(&format!("zeit-plaetze-{row}"), "Plätze", COUNT)}
                    </fieldset>
                }
            })
            .collect();
        view! {
            <fieldset class="choices">
                <legend class="kern-label">"Zeiten, in denen etwas frei ist"</legend>
                <p class="form__hint">"Leeren Sie eine Zeile, um sie zu entfernen. Nach dem Melden kommen zwei leere dazu."</p>
                {rows}
            </fieldset>
        }
        .into_any()
    }

    fn weekdays(&self) -> AnyView {
        let days: Vec<_> =
            (1..=7u8).map(|day| self.line(&format!("tag-{day}"), dates::weekday(day), COUNT)).collect();
        view! {
            <fieldset class="choices">
                <legend class="kern-label">"Freie Plätze je Wochentag"</legend>
                <p class="form__hint">"Leer heißt: keine Angabe."</p>
                <div class="report__week">{days}</div>
            </fieldset>
        }
        .into_any()
    }

    /// What most reports do without.
    fn more(&self) -> AnyView {
        let said = |name: &str| !self.fields.typed.get(&self.id(name)).trim().is_empty();
        let is_open = !self.fields.problems.is_empty() || FOLDED.iter().any(|name| said(name));
        let counts_places = self.kind.light == LightKind::Places;
        let list = counts_places.then(|| {
            const OPTIONS: [(&str, &str); 4] = [
                ("", "keine Angabe"),
                ("offen", "offen"),
                ("geschlossen", "geschlossen"),
                ("keine", "keine"),
            ];
            let options = OPTIONS.map(|(key, text)| (key.to_owned(), text.to_owned())).to_vec();
            view! {
                {self.fields.select(&self.id("liste"), "Warteliste", None, options)}
                {self.weeks()}
                {self.fields.check(&self.id("stopp"), "Aufnahmestopp")}
                {self.day("stopp-bis", "Aufnahmestopp bis (letzter Tag)")}
            }
        });
        let total = counts_places.then(|| {
            let hint = Some("Nur wenn es zurzeit andere sind als im Eintrag");
            self.line("gesamt", "Plätze insgesamt", Line { hint, ..COUNT })
        });
        let note = Line { hint: Some("Zum Beispiel: Einzelzimmer"), ..TEXT };
        let for_whom = Line { hint: Some("Zum Beispiel: nur Frauen"), ..TEXT };
        let remark = Line { hint: Some("Öffentlich zu lesen, höchstens 200 Zeichen"), ..TEXT };
        view! {
            <details class="more" open=is_open>
                <summary>{if counts_places { "Warteliste, Aufnahmestopp und mehr" } else { "Weitere Angaben" }}</summary>
                <div class="form form--wide">
                    {list}
                    {self.fields.check(&self.id("ruecksprache"), "nach Rücksprache")}
                    {self.line("raeume", "Zimmer", note)}
                    {self.line("fuer-wen", "Für wen", for_whom)}
                    {self.line("hinweis", "Hinweis für alle", remark)}
                    {total}
                </div>
            </details>
        }
        .into_any()
    }
}
