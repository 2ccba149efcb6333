//! `[[announcements]]`: news of the county.

use app::domain::portal::{Announcement, AnnouncementLink};
use serde::{Deserialize, Deserializer, de::Error as _};
use time::{Date, Month};

use super::error::OWN;

/// An announcement as the county writes it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenAnnouncement {
    #[serde(deserialize_with = "said")]
    title: String,
    #[serde(deserialize_with = "said")]
    text: String,
    #[serde(deserialize_with = "date")]
    date: Date,
    #[serde(default, deserialize_with = "last_day")]
    until: Option<Date>,
    link: Option<WrittenLink>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLink {
    #[serde(deserialize_with = "said")]
    text: String,
    #[serde(deserialize_with = "address")]
    url: String,
}

impl From<WrittenAnnouncement> for Announcement {
    fn from(written: WrittenAnnouncement) -> Self {
        Self {
            title: written.title,
            text: written.text,
            date: written.date,
            until: written.until,
            link: written.link.map(|link| AnnouncementLink { text: link.text, url: link.url }),
        }
    }
}

fn said<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?.trim().to_owned();
    if text.is_empty() { Err(D::Error::custom(format!("{OWN}hier fehlt der Text"))) } else { Ok(text) }
}

/// A day, as TOML writes it (`2026-11-30`) or between quotes.
fn date<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Day(toml::value::Datetime),
        Text(String),
    }
    let day = match Written::deserialize(from)? {
        Written::Day(day) => Some(day),
        Written::Text(text) => text.parse().ok(),
    };
    day.and_then(|day| day.date)
        .and_then(|day| {
            let month = Month::try_from(day.month).ok()?;
            Date::from_calendar_date(i32::from(day.year), month, day.day).ok()
        })
        .ok_or_else(|| D::Error::custom(format!("{OWN}erwartet wird ein Tag wie 2026-11-30")))
}

fn last_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    date(from).map(Some)
}

/// A path of the portal, or an address of the web: nothing else may become a link.
fn address<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    let path = text.starts_with('/') && !text.starts_with("//") && !text.contains('\\');
    if path || is_web(&text) {
        return Ok(text);
    }
    Err(D::Error::custom(format!(
        "{OWN}„{text}“ ist keine Adresse: erwartet wird https://… oder ein Pfad dieses Portals wie /suche"
    )))
}

pub(super) fn web_address<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(from)?;
    if is_web(&text) {
        return Ok(Some(text));
    }
    Err(D::Error::custom(format!("{OWN}„{text}“ ist keine Adresse, erwartet wird https://…")))
}

pub(super) fn is_web(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
}
