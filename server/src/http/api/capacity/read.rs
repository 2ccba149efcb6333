//! JSON to news. What is not understood is a fault with its place: a typing error must not vanish.

use app::domain::{
    capacity::{FreeTimes, Intake, LONGEST_NOTE, LONGEST_REMARK, MOST_PLACES, Statement, WaitingList},
    ids::OfferId,
};
use serde_json::{Map, Value};
use time::{
    Date, OffsetDateTime,
    format_description::well_known::{Iso8601, Rfc3339},
};

mod times;

use super::problem::Error;
use crate::service::capacity::Said;

/// Most items of a call.
pub(super) const MOST_ITEMS: usize = 1_000;
/// Most faults that an answer names.
pub(super) const MOST_ERRORS: usize = 100;
/// Longest id of an imported file in characters.
const LONGEST_EXTERNAL_ID: usize = 200;

/// Names that say something about an offer.
const STATEMENT: [&str; 14] = [
    "total",
    "free_now",
    "free_from",
    "intake",
    "waiting_list",
    "waiting_weeks",
    "intake_stop",
    "intake_stop_until",
    "only_after_assessment",
    "rooms",
    "for_whom",
    "remark",
    "periods",
    "weekdays",
];

/// Which offer is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Offer(OfferId),
    /// By the id it had in an imported file.
    External(String),
}

/// News of one offer.
#[derive(Debug)]
pub(super) struct Item {
    /// The place of it in the request.
    pub pointer: String,
    pub which: Which,
    pub said: Said,
    pub observed_at: Option<OffsetDateTime>,
    /// Where each of the periods, which are in the order of their days, stood in the request.
    pub periods: Vec<usize>,
}

/// Reads the news of one offer.
pub(super) fn one(value: &Value, offer: OfferId) -> Result<Item, Vec<Error>> {
    let mut errors = Vec::new();
    let item = Reader::new(value, String::new(), &mut errors)
        .and_then(|mut reader| reader.item(Some(Which::Offer(offer))));
    match item {
        Some(item) if errors.is_empty() => Ok(item),
        _ => Err(errors),
    }
}

/// Reads the news of many offers.
pub(super) fn many(value: &Value) -> Result<Vec<Item>, Vec<Error>> {
    let mut errors = Vec::new();
    let items = read_many(value, &mut errors);
    errors.truncate(MOST_ERRORS);
    match items {
        Some(items) if errors.is_empty() => Ok(items),
        _ => Err(errors),
    }
}

fn read_many(value: &Value, errors: &mut Vec<Error>) -> Option<Vec<Item>> {
    let mut reader = Reader::new(value, String::new(), errors)?;
    reader.knows(&["items"]);
    let Some(items) = reader.object.get("items") else {
        reader.fault("items", "missing", "„items“ fehlt: eine Liste mit einer Meldung für jedes Angebot.");
        return None;
    };
    let Value::Array(items) = items else {
        reader.fault("items", "wrong_type", "Erwartet wird eine Liste.");
        return None;
    };
    if items.is_empty() || items.len() > MOST_ITEMS {
        reader.fault("items", "too_many", "Erwartet werden 1 bis 1.000 Meldungen.");
        return None;
    }
    let mut read = Vec::with_capacity(items.len());
    for (at, value) in items.iter().enumerate() {
        if errors.len() >= MOST_ERRORS {
            break;
        }
        let item =
            Reader::new(value, format!("/items/{at}"), errors).and_then(|mut reader| reader.item(None));
        read.extend(item);
    }
    Some(read)
}

struct Reader<'a, 'e> {
    at: String,
    object: &'a Map<String, Value>,
    errors: &'e mut Vec<Error>,
}

impl<'a, 'e> Reader<'a, 'e> {
    fn new(value: &'a Value, at: String, errors: &'e mut Vec<Error>) -> Option<Self> {
        if let Value::Object(object) = value {
            return Some(Self { at, object, errors });
        }
        errors.push(Error {
            pointer: at,
            code: "wrong_type",
            detail: "Erwartet wird ein Objekt.".to_owned(),
        });
        None
    }

    fn fault(&mut self, name: &str, code: &'static str, detail: impl Into<String>) {
        let escaped = name.replace('~', "~0").replace('/', "~1");
        // Names that a program made up are not repeated at any length.
        let escaped: String = escaped.chars().take(100).collect();
        self.errors.push(Error { pointer: format!("{}/{escaped}", self.at), code, detail: detail.into() });
    }

    fn knows(&mut self, names: &[&str]) {
        let unknown: Vec<_> =
            self.object.keys().filter(|name| !names.contains(&name.as_str())).take(10).cloned().collect();
        for name in unknown {
            self.fault(&name, "unknown_field", "Dieses Feld gibt es nicht.");
        }
    }

    /// What a name says; null says nothing.
    fn value(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    fn item(&mut self, which: Option<Which>) -> Option<Item> {
        let mut names = STATEMENT.to_vec();
        names.extend(["unchanged", "observed_at"]);
        if which.is_none() {
            names.extend(["offer", "external_id"]);
        }
        self.knows(&names);
        let which = which.or_else(|| self.which());
        let observed_at = self.instant("observed_at");
        let (said, periods) = if self.flag("unchanged") {
            let more: Vec<_> = STATEMENT.into_iter().filter(|name| self.value(name).is_some()).collect();
            for name in more {
                self.fault(name, "not_with_unchanged", "Mit „unchanged“ steht hier nichts.");
            }
            (Said::Same, Vec::new())
        } else {
            let (statement, periods) = self.statement();
            (Said::New(statement), periods)
        };
        Some(Item { pointer: self.at.clone(), which: which?, said, observed_at, periods })
    }

    fn which(&mut self) -> Option<Which> {
        match (self.value("offer"), self.value("external_id")) {
            (Some(Value::String(id)), None) => {
                let id = id.parse().ok().map(|id| Which::Offer(OfferId(id)));
                if id.is_none() {
                    self.fault("offer", "invalid_value", "Das ist keine Kennung eines Angebots (UUID).");
                }
                id
            }
            (None, Some(Value::String(id)))
                if !id.is_empty() && id.chars().count() <= LONGEST_EXTERNAL_ID =>
            {
                Some(Which::External(id.clone()))
            }
            (Some(_), Some(_)) => {
                self.fault(
                    "external_id",
                    "invalid_value",
                    "Nennen Sie „offer“ oder „external_id“, nicht beides.",
                );
                None
            }
            (None, None) => {
                self.fault("offer", "missing", "Nennen Sie das Angebot mit „offer“ oder „external_id“.");
                None
            }
            (offer, _) => {
                let name = if offer.is_some() { "offer" } else { "external_id" };
                self.fault(name, "wrong_type", "Erwartet wird ein Text mit der Kennung.");
                None
            }
        }
    }

    fn statement(&mut self) -> (Statement, Vec<usize>) {
        let (periods, order) = self.periods();
        let statement = Statement {
            total: self.count("total", MOST_PLACES),
            free_now: self.count("free_now", MOST_PLACES),
            free_from: self.date("free_from"),
            intake: self.choice("intake", &INTAKE).unwrap_or(Intake::NotSaid),
            waiting_list: self.choice("waiting_list", &WAITING_LIST).unwrap_or(WaitingList::NotSaid),
            waiting_weeks: self.weeks(),
            intake_stop: self.flag("intake_stop"),
            intake_stop_until: self.date("intake_stop_until"),
            only_after_assessment: self.flag("only_after_assessment"),
            rooms: self.text("rooms", LONGEST_NOTE),
            for_whom: self.text("for_whom", LONGEST_NOTE),
            remark: self.text("remark", LONGEST_REMARK),
            times: FreeTimes { periods, weekdays: self.weekdays() },
        };
        (statement, order)
    }

    fn count(&mut self, name: &str, most: u32) -> Option<u32> {
        let value = self.value(name)?;
        let count = whole(value).and_then(|count| u32::try_from(count).ok()).filter(|count| *count <= most);
        if count.is_none() {
            let code = if value.is_number() { "out_of_range" } else { "wrong_type" };
            self.fault(name, code, format!("Erwartet wird eine ganze Zahl von 0 bis {most}."));
        }
        count
    }

    fn flag(&mut self, name: &str) -> bool {
        match self.value(name) {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.fault(name, "wrong_type", "Erwartet wird true oder false.");
                false
            }
        }
    }

    fn date(&mut self, name: &str) -> Option<Date> {
        let date = date(self.value(name)?);
        if date.is_none() {
            self.fault(name, "invalid_date", "Erwartet wird ein Datum wie 2026-08-03.");
        }
        date
    }

    fn instant(&mut self, name: &str) -> Option<OffsetDateTime> {
        let instant = self.value(name)?.as_str().and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok());
        if instant.is_none() {
            self.fault(name, "invalid_date", "Erwartet wird ein Zeitpunkt wie 2026-08-03T14:30:00+02:00.");
        }
        instant
    }

    fn text(&mut self, name: &str, longest: usize) -> Option<String> {
        let value = self.value(name)?;
        let Some(text) = value.as_str() else {
            self.fault(name, "wrong_type", "Erwartet wird ein Text.");
            return None;
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().any(char::is_control) {
            self.fault(name, "invalid_value", "Der Text enthält Steuerzeichen.");
            return None;
        }
        if text.chars().count() > longest {
            self.fault(name, "too_long", format!("Höchstens {longest} Zeichen."));
            return None;
        }
        (!text.is_empty()).then_some(text)
    }

    fn choice<T: Copy>(&mut self, name: &str, known: &[(&str, T)]) -> Option<T> {
        let said = self.value(name)?;
        let found = known.iter().find(|(key, _)| said.as_str() == Some(key));
        if found.is_none() {
            let keys: Vec<_> = known.iter().map(|(key, _)| *key).collect();
            self.fault(name, "invalid_value", format!("Erwartet wird eines von: {}.", keys.join(", ")));
        }
        found.map(|(_, value)| *value)
    }

    /// What an object below this one holds.
    fn below<T>(
        &mut self,
        name: &str,
        value: &'a Value,
        read: impl FnOnce(&mut Reader<'_, '_>) -> Option<T>,
    ) -> Option<T> {
        let at = format!("{}/{name}", self.at);
        Reader::new(value, at, self.errors).and_then(|mut reader| read(&mut reader))
    }
}

const INTAKE: [(&str, Intake); 4] = [
    ("accepting", Intake::Accepting),
    ("waiting", Intake::Waiting),
    ("stopped", Intake::Stopped),
    ("not_said", Intake::NotSaid),
];

const WAITING_LIST: [(&str, WaitingList); 4] = [
    ("open", WaitingList::Open),
    ("closed", WaitingList::Closed),
    ("none", WaitingList::None),
    ("not_said", WaitingList::NotSaid),
];

/// A whole number that is not negative; JSON writes 3 as 3.0, too.
fn whole(value: &Value) -> Option<u64> {
    let of_float = || {
        let number = value.as_f64().filter(|number| number.fract() == 0.0 && (0.0..=1e9).contains(number))?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is whole and within bounds"
        )]
        Some(number as u64)
    };
    value.as_u64().or_else(of_float)
}

/// A date as RFC 3339 writes it.
fn date(value: &Value) -> Option<Date> {
    let text = value.as_str().filter(|text| {
        let fits = |(at, b): (usize, u8)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() };
        text.len() == 10 && text.bytes().enumerate().all(fits)
    })?;
    Date::parse(text, &Iso8601::DATE).ok()
}

#[cfg(test)]
mod tests;
