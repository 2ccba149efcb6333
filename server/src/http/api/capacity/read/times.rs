//! What a report says of times: weeks of waiting, stretches of days, weekdays.

use app::domain::capacity::{FreePeriod, FreeTimes, MOST_PLACES, MOST_WEEKS};
use serde_json::Value;

use super::{Error, Reader, whole};

impl Reader<'_, '_> {
    pub(super) fn weeks(&mut self) -> Option<(u16, u16)> {
        let value = self.value("waiting_weeks")?;
        self.below("waiting_weeks", value, |reader| {
            reader.knows(&["min", "max"]);
            let (min, max) = (reader.required("min", MOST_WEEKS), reader.required("max", MOST_WEEKS));
            Some((min?, max?))
        })
    }

    fn required(&mut self, name: &str, most: u16) -> Option<u16> {
        if self.value(name).is_none() {
            self.fault(name, "missing", "Diese Zahl fehlt.");
        }
        self.count(name, u32::from(most)).and_then(|count| u16::try_from(count).ok())
    }

    pub(super) fn periods(&mut self) -> (Vec<FreePeriod>, Vec<usize>) {
        let Some(value) = self.value("periods") else { return (Vec::new(), Vec::new()) };
        let Value::Array(list) = value else {
            self.fault("periods", "wrong_type", "Erwartet wird eine Liste.");
            return (Vec::new(), Vec::new());
        };
        if list.len() > FreeTimes::MOST {
            self.fault("periods", "too_many", format!("Höchstens {} Zeiträume.", FreeTimes::MOST));
            return (Vec::new(), Vec::new());
        }
        let mut read = Vec::new();
        for (at, value) in list.iter().enumerate() {
            let period = self.below(&format!("periods/{at}"), value, |reader| {
                reader.knows(&["from", "until", "places"]);
                for name in ["from", "until"] {
                    if reader.value(name).is_none() {
                        reader.fault(name, "missing", "Dieses Datum fehlt.");
                    }
                }
                let (from, until) = (reader.date("from"), reader.date("until"));
                let places = reader.required("places", u16::try_from(MOST_PLACES).unwrap_or(u16::MAX));
                Some(FreePeriod { from: from?, until: until?, places: places? })
            });
            read.extend(period.map(|period| (period, at)));
        }
        read.sort_by_key(|(period, _)| period.from);
        read.into_iter().unzip()
    }

    pub(super) fn weekdays(&mut self) -> [Option<u16>; 7] {
        let mut days = [None; 7];
        let Some(value) = self.value("weekdays") else { return days };
        let list = value.as_array().filter(|list| list.len() == days.len());
        let Some(list) = list else {
            self.fault(
                "weekdays",
                "wrong_type",
                "Erwartet wird eine Liste mit sieben Werten, Montag bis Sonntag.",
            );
            return days;
        };
        for (at, (day, value)) in days.iter_mut().zip(list).enumerate() {
            if value.is_null() {
                continue;
            }
            let count = whole(value).and_then(|count| u16::try_from(count).ok());
            *day = count.filter(|count| u32::from(*count) <= MOST_PLACES);
            if day.is_none() {
                let code = if value.is_number() { "out_of_range" } else { "wrong_type" };
                self.fault_below(&format!("weekdays/{at}"), code);
            }
        }
        days
    }

    fn fault_below(&mut self, path: &str, code: &'static str) {
        let detail = format!("Erwartet wird eine ganze Zahl von 0 bis {MOST_PLACES} oder null.");
        self.errors.push(Error { pointer: format!("{}/{path}", self.at), code, detail });
    }
}
