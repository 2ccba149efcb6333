//! How single values lie in the database.

use app::domain::{
    capacity::{Intake, ReportSource, WaitingList},
    care_type::{CareGroup, LightKind},
    facility::Visibility,
    offer::{Approval, OfferForm, Source},
};
use time::{Date, OffsetDateTime, format_description::well_known::Iso8601};

use super::StoreError;

/// Microseconds since 1970 in UTC. Texts of instants do not sort: "…00Z" comes after "…00.5Z".
#[derive(Clone, Copy, serde::Deserialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub(super) struct Instant(i64);

impl From<OffsetDateTime> for Instant {
    fn from(instant: OffsetDateTime) -> Self {
        // Years up to 9999 fit.
        Self(i64::try_from(instant.unix_timestamp_nanos().div_euclid(1000)).unwrap_or(i64::MAX))
    }
}

impl Instant {
    /// As it lies in the database.
    pub(super) fn micros(self) -> i64 {
        self.0
    }

    pub(super) fn read(self) -> Result<OffsetDateTime, StoreError> {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1000)
            .map_err(|_| StoreError::Unreadable("an instant"))
    }
}

/// A value of a code list, and its key in the database.
pub(super) trait Keyed: Sized {
    const NAME: &'static str;
    fn key(self) -> &'static str;
    fn from_key(key: &str) -> Option<Self>;
}

/// Says the keys of an enum.
macro_rules! keys {
    ($name:ident: $label:literal { $($variant:ident = $key:literal),* $(,)? }) => {
        impl $crate::store::values::Keyed for $name {
            const NAME: &'static str = $label;
            fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }
            fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(super) use keys;

keys!(Intake: "intake" {
    Accepting = "accepting", Waiting = "waiting", Stopped = "stopped", NotSaid = "not_said",
});
keys!(WaitingList: "waiting list" {
    Open = "open", Closed = "closed", None = "none", NotSaid = "not_said",
});
keys!(ReportSource: "report source" {
    Provider = "provider", County = "county", Api = "api", Phone = "phone", Import = "import",
});

impl Keyed for CareGroup {
    const NAME: &'static str = "care group";
    fn key(self) -> &'static str {
        self.key()
    }
    fn from_key(key: &str) -> Option<Self> {
        Self::parse(key)
    }
}

impl Keyed for LightKind {
    const NAME: &'static str = "light";
    fn key(self) -> &'static str {
        self.key()
    }
    fn from_key(key: &str) -> Option<Self> {
        Self::parse(key)
    }
}

impl Keyed for OfferForm {
    const NAME: &'static str = "form";
    fn key(self) -> &'static str {
        self.key()
    }
    fn from_key(key: &str) -> Option<Self> {
        Self::parse(key)
    }
}

impl Keyed for Approval {
    const NAME: &'static str = "approval";
    fn key(self) -> &'static str {
        self.key()
    }
    fn from_key(key: &str) -> Option<Self> {
        Self::parse(key)
    }
}

pub(super) fn read<T: Keyed>(key: &str) -> Result<T, StoreError> {
    T::from_key(key).ok_or(StoreError::Unreadable(T::NAME))
}

/// Whether an entry is public, and why it is kept where it is hidden.
pub(super) fn visibility_columns(visibility: Visibility) -> (&'static str, Option<&'static str>) {
    match visibility {
        Visibility::Public => ("public", None),
        Visibility::Draft => ("draft", None),
        Visibility::Archived => ("draft", Some("archived")),
        Visibility::Declined => ("draft", Some("declined")),
    }
}

pub(super) fn read_visibility(visibility: &str, hidden: Option<&str>) -> Result<Visibility, StoreError> {
    match (visibility, hidden) {
        ("public", None) => Ok(Visibility::Public),
        ("draft", None) => Ok(Visibility::Draft),
        ("draft", Some("archived")) => Ok(Visibility::Archived),
        ("draft", Some("declined")) => Ok(Visibility::Declined),
        _ => Err(StoreError::Unreadable("visibility")),
    }
}

/// Kind and name of a source.
pub(super) fn source_columns(source: &Source) -> (&'static str, Option<&str>) {
    match source {
        Source::Import(name) => ("import", Some(name)),
        Source::Provider => ("provider", None),
        Source::County => ("county", None),
    }
}

pub(super) fn read_source(kind: &str, name: Option<String>) -> Result<Source, StoreError> {
    match (kind, name) {
        ("import", Some(name)) => Ok(Source::Import(name)),
        ("provider", _) => Ok(Source::Provider),
        ("county", _) => Ok(Source::County),
        _ => Err(StoreError::Unreadable("source")),
    }
}

/// A date as ISO 8601 text: years 0 to 9999 sort.
pub(super) fn date_text(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

pub(super) fn read_date(text: &str) -> Result<Date, StoreError> {
    Date::parse(text, &Iso8601::DATE).map_err(|_| StoreError::Unreadable("a date"))
}

/// Counts are never negative in the database.
pub(super) fn read_count<T: TryFrom<i64>>(count: i64) -> Result<T, StoreError> {
    T::try_from(count).map_err(|_| StoreError::Unreadable("a count"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn an_instant_keeps_its_microseconds_and_its_order() {
        let early = datetime!(2026-11-22 03:05:00.000_001 UTC);
        let late = datetime!(2026-11-22 03:05:00.5 UTC);
        assert!(Instant::from(early).0 < Instant::from(late).0);
        assert_eq!(Instant::from(early).read().expect("an instant"), early);
        let before_1970 = datetime!(1969-12-31 23:59:59.999_999 UTC);
        assert_eq!(Instant::from(before_1970).read().expect("an instant"), before_1970);
    }

    #[test]
    fn a_date_survives_and_nonsense_does_not() {
        let day = date!(2026 - 02 - 09);
        assert_eq!(date_text(day), "2026-02-09");
        assert_eq!(read_date("2026-02-09").expect("a date"), day);
        assert!(read_date("2026-02-30").is_err());
    }
}
