//! A search as its address says it. Every state of the results page is its URL.

use serde::{Deserialize, Serialize};

use time::{Date, Weekday};

use super::{
    capacity::{Light, Stretch},
    care_type::CareTypeSlug,
    ids::FacilityId,
    map::Area,
    place::DevicePosition,
    shortlist::{self, Shortlist},
    unknown::{Filter, UnknownValue, slug_like},
    value,
};

#[cfg(test)]
mod tests;
pub mod times;

/// Order of the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    #[default]
    Relevance,
    Distance,
    Name,
    Freshness,
}

impl Sort {
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Distance, Self::Name, Self::Freshness];

    /// The German value in URLs.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Relevance => "relevanz",
            Self::Distance => "entfernung",
            Self::Name => "name",
            Self::Freshness => "aktualitaet",
        }
    }
}

/// List or map: two views of the same search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    #[default]
    List,
    Map,
}

/// What a citizen asks for. Reading one never fails: what no filter has is kept as unknown, other
/// things that make no sense are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SearchQuery {
    /// "Was suchen Sie?", at most [`SearchQuery::MAX_TEXT`] characters.
    pub text: String,
    /// "Ort oder PLZ", at most [`SearchQuery::MAX_TEXT`] characters.
    pub place: String,
    /// Radius around the place in kilometres, 1 to 200; `None`: the place itself.
    pub radius_km: Option<u16>,
    /// Municipalities by filter value (AGS).
    pub municipalities: Vec<String>,
    pub care_types: Vec<CareTypeSlug>,
    pub lights: Vec<Light>,
    pub specialisms: Vec<String>,
    pub languages: Vec<String>,
    pub barrier_free: bool,
    pub open_now: bool,
    /// First day of a stay; alone it asks for that day.
    pub free_from: Option<Date>,
    /// Last day of a stay, never before the first; alone it asks for the days from today.
    pub free_until: Option<Date>,
    /// Weekdays on all of which a place has to be free, from Monday.
    pub weekdays: Vec<Weekday>,
    /// Only valid reports of the last so many days, 1 to [`SearchQuery::MAX_DAYS`].
    pub reported_days: Option<u16>,
    /// Only what stands in this part of the map.
    pub area: Option<Area>,
    /// Where the device is, if somebody asked for what is near it. It is never part of an address.
    #[serde(skip)]
    pub near: Option<DevicePosition>,
    pub sort: Sort,
    pub view: View,
    /// 1-based, at most [`SearchQuery::MAX_PAGE`].
    pub page: u32,
    /// The short list of a reader without scripts: the search carries it along.
    pub shortlist: Vec<FacilityId>,
    /// Values that their filter does not have.
    pub unknown: Vec<UnknownValue>,
}

impl SearchQuery {
    /// Longest text that is read, in characters; the rest is left out.
    pub const MAX_TEXT: usize = 200;
    /// Most values of one filter that are read.
    pub const MAX_VALUES: usize = 50;
    /// Most unknown values that are kept.
    pub const MAX_UNKNOWN: usize = 10;
    /// Oldest reports that can be asked for, in days.
    pub const MAX_DAYS: u16 = 365;
    /// Years in which somebody may want a place.
    const YEARS: std::ops::RangeInclusive<i32> = 2000..=2999;
    /// Highest page number.
    pub const MAX_PAGE: u32 = 10_000;

    /// Reads the pairs of a query string, already percent-decoded, in any order. Unknown names and
    /// repetitions are left out; of what can be there once, the last that makes sense counts.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut query = Self { page: 1, ..Self::default() };
        for (name, value) in pairs {
            match name {
                "q" => query.text = clean(value, Self::MAX_TEXT),
                "ort" => query.place = clean(value, Self::MAX_TEXT),
                "ids" | "ausschnitt" | "sort" | "ansicht" | "seite" => query.read_view(name, value.trim()),
                // Cleaned before it is read: what is kept of an unknown value is what was not understood.
                _ => query.read_filter(name, &clean(value, UnknownValue::MAX)),
            }
        }
        query.weekdays.sort_by_key(|weekday| weekday.number_days_from_monday());
        // A stay that ends before it begins: nobody knows which of the two is meant.
        if let (Some(from), Some(until)) = (query.free_from, query.free_until)
            && until < from
        {
            query.free_until = None;
            query.note_unknown(Filter::FreeUntil, until.to_string());
        }
        query
    }

    fn read_filter(&mut self, name: &str, value: &str) {
        let misunderstood = match name {
            "umkreis" if value.is_empty() => {
                self.radius_km = None;
                None
            }
            "umkreis" => {
                let read = value.parse().ok().filter(|km| (1..=200).contains(km));
                self.radius_km = read.or(self.radius_km);
                read.is_none().then_some(Filter::Radius)
            }
            "gemeinde" => add(&mut self.municipalities, slug_like(value), Filter::Municipality),
            "art" => add(&mut self.care_types, CareTypeSlug::parse(value), Filter::CareType),
            "ampel" => add(&mut self.lights, Light::parse(value), Filter::Light),
            "schwerpunkt" => add(&mut self.specialisms, slug_like(value), Filter::Specialism),
            "sprache" => add(&mut self.languages, slug_like(value), Filter::Language),
            "barrierefrei" => switch(&mut self.barrier_free, value, Filter::BarrierFree),
            "geoeffnet" => switch(&mut self.open_now, value, Filter::OpenNow),
            "frei_ab" => day(&mut self.free_from, value, Filter::FreeFrom),
            "frei_bis" => day(&mut self.free_until, value, Filter::FreeUntil),
            "wochentag" => add(&mut self.weekdays, times::parse_weekday(value), Filter::Weekday),
            "gemeldet" => {
                let read = value.parse().ok().filter(|days| (1..=Self::MAX_DAYS).contains(days));
                self.reported_days = read.or(self.reported_days);
                read.is_none().then_some(Filter::Reported)
            }
            _ => None,
        };
        // Forms send empty fields, too: they ask for nothing.
        if let Some(filter) = misunderstood
            && !value.is_empty()
        {
            self.note_unknown(filter, value.to_owned());
        }
    }

    fn note_unknown(&mut self, filter: Filter, value: String) {
        if self.unknown.len() < Self::MAX_UNKNOWN {
            self.set_aside(&UnknownValue { filter, value });
        }
    }

    /// How results are shown: what makes no sense here changes nothing about what is listed.
    fn read_view(&mut self, name: &str, value: &str) {
        match name {
            "ids" => self.shortlist = Shortlist::parse(value).ids,
            "ausschnitt" => self.area = Area::parse(value),
            "sort" => self.sort = Sort::ALL.into_iter().find(|s| s.slug() == value).unwrap_or_default(),
            "ansicht" => self.view = if value == "karte" { View::Map } else { View::List },
            "seite" => self.page = value.parse().unwrap_or(1).clamp(1, Self::MAX_PAGE),
            _ => {}
        }
    }

    /// The pairs of the canonical query string: fixed order, defaults left out.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut push = |name, value: &str| {
            if !value.is_empty() {
                pairs.push((name, value.to_owned()));
            }
        };
        push("q", &self.text);
        push("ort", &self.place);
        push("umkreis", &self.radius_km.map(|km| km.to_string()).unwrap_or_default());
        self.municipalities.iter().for_each(|value| push("gemeinde", value));
        self.care_types.iter().for_each(|value| push("art", value.as_str()));
        self.lights.iter().for_each(|value| push("ampel", value.slug()));
        self.specialisms.iter().for_each(|value| push("schwerpunkt", value));
        push("barrierefrei", if self.barrier_free { "1" } else { "" });
        self.languages.iter().for_each(|value| push("sprache", value));
        push("geoeffnet", if self.open_now { "1" } else { "" });
        push("frei_ab", &self.free_from.map(|day| day.to_string()).unwrap_or_default());
        push("frei_bis", &self.free_until.map(|day| day.to_string()).unwrap_or_default());
        self.weekdays.iter().for_each(|weekday| push("wochentag", times::weekday_slug(*weekday)));
        push("gemeldet", &self.reported_days.map(|days| days.to_string()).unwrap_or_default());
        push("ausschnitt", &self.area.map(|area| area.to_string()).unwrap_or_default());
        self.unknown.iter().for_each(|unknown| push(unknown.filter.parameter(), &unknown.value));
        push("sort", if self.sort == Sort::default() { "" } else { self.sort.slug() });
        push("ansicht", if self.view == View::Map { "karte" } else { "" });
        push("ids", &shortlist::to_text(&self.shortlist));
        push("seite", &if self.page > 1 { self.page.to_string() } else { String::new() });
        pairs
    }

    /// The same search on its first page, changed: filters never reset each other.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = Self { page: 1, ..self.clone() };
        change(&mut query);
        query
    }

    /// The same words, place and view without any filter.
    #[must_use]
    pub fn without_filters(&self) -> Self {
        let (text, place) = (self.text.clone(), self.place.clone());
        Self { text, place, view: self.view, page: 1, ..Self::default() }
    }

    /// Reads a day that somebody may want a place on: `2026-08-03` or `3.8.2026`.
    pub fn read_day(text: &str) -> Option<Date> {
        value::date(text).filter(|day| Self::YEARS.contains(&day.year()))
    }

    /// The days that its dates ask for.
    pub fn stretch(&self, today: Date) -> Option<Stretch> {
        Stretch::asked(self.free_from, self.free_until, today)
    }

    /// Whether any filter besides text and place is set.
    pub fn has_filters(&self) -> bool {
        self.radius_km.is_some()
            || self.barrier_free
            || self.open_now
            || self.free_from.is_some()
            || self.free_until.is_some()
            || !self.weekdays.is_empty()
            || self.reported_days.is_some()
            || self.area.is_some()
            || !self.unknown.is_empty()
            || !(self.municipalities.is_empty()
                && self.care_types.is_empty()
                && self.lights.is_empty()
                && self.specialisms.is_empty()
                && self.languages.is_empty())
    }
}

/// Adds or removes a value: what a click on a filter does.
pub fn toggle<T: PartialEq>(values: &mut Vec<T>, value: T) {
    match values.iter().position(|v| *v == value) {
        Some(at) => drop(values.remove(at)),
        None => values.push(value),
    }
}

/// Adds a value, or says that its filter does not have it.
fn add<T: PartialEq>(values: &mut Vec<T>, value: Option<T>, filter: Filter) -> Option<Filter> {
    let Some(value) = value else { return Some(filter) };
    if values.len() < SearchQuery::MAX_VALUES && !values.contains(&value) {
        values.push(value);
    }
    None
}

/// Turns a filter on or off, or says that the value is neither.
fn switch(on: &mut bool, value: &str, filter: Filter) -> Option<Filter> {
    match value {
        "1" | "true" | "ja" | "on" => *on = true,
        "" | "0" | "false" | "nein" | "off" => *on = false,
        _ => return Some(filter),
    }
    None
}

/// Reads a day, or says that the value is none that somebody could mean.
fn day(into: &mut Option<Date>, value: &str, filter: Filter) -> Option<Filter> {
    let read = SearchQuery::read_day(value);
    *into = if value.is_empty() { None } else { read.or(*into) };
    read.is_none().then_some(filter)
}

fn clean(text: &str, longest: usize) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(longest).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
