//! A part of the map as addresses say it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::place::Position;

/// Units in a degree: about eleven metres on the ground.
const UNITS: f64 = 10_000.0;

/// A rectangle of longitudes and latitudes, in ten-thousandths of a degree. Never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Area {
    west: i32,
    south: i32,
    east: i32,
    north: i32,
}

impl Area {
    /// Reads `west,south,east,north` in degrees; `None` for anything that is no part of the Earth.
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split(',').map(|part| part.trim().parse::<f64>().ok());
        let mut next = || numbers.next().flatten().filter(|number| number.is_finite());
        let (west, south, east, north) = (next()?, next()?, next()?, next()?);
        if numbers.next().is_some() {
            return None;
        }
        let (low, high) = (Position::new(south, west)?, Position::new(north, east)?);
        let area = Self {
            west: units(low.lon),
            south: units(low.lat),
            east: units(high.lon),
            north: units(high.lat),
        };
        (area.west < area.east && area.south < area.north).then_some(area)
    }

    /// The area between two corners, rounded outwards and cut off at the ends of the Earth.
    pub fn between(south_west: Position, north_east: Position) -> Self {
        let lon = |degrees: f64| degrees.clamp(-180.0, 180.0) * UNITS;
        let lat = |degrees: f64| degrees.clamp(-90.0, 90.0) * UNITS;
        let (west, south) = (whole(lon(south_west.lon).floor()), whole(lat(south_west.lat).floor()));
        Self {
            west,
            south,
            east: whole(lon(north_east.lon).ceil()).max(west + 1),
            north: whole(lat(north_east.lat).ceil()).max(south + 1),
        }
    }

    /// The least area that holds all of these; `None` without any.
    pub fn around(positions: impl IntoIterator<Item = Position>) -> Option<Self> {
        let mut all = positions.into_iter();
        let first = all.next()?;
        let (low, high) = all.fold((first, first), |(low, high), p| {
            (
                Position { lat: low.lat.min(p.lat), lon: low.lon.min(p.lon) },
                Position { lat: high.lat.max(p.lat), lon: high.lon.max(p.lon) },
            )
        });
        Some(Self::between(low, high))
    }

    pub fn south_west(self) -> Position {
        Position { lat: degrees(self.south), lon: degrees(self.west) }
    }

    pub fn north_east(self) -> Position {
        Position { lat: degrees(self.north), lon: degrees(self.east) }
    }

    /// Whether a position lies in it, edges included.
    pub fn contains(self, position: Position) -> bool {
        let (low, high) = (self.south_west(), self.north_east());
        (low.lat..=high.lat).contains(&position.lat) && (low.lon..=high.lon).contains(&position.lon)
    }

    /// Whether what it holds stays one mark at any zoom: some thirty metres.
    pub fn is_spot(self) -> bool {
        self.north - self.south <= 3 && self.east - self.west <= 5
    }

    /// The least area that holds both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// Larger by a share of its sides in every direction.
    #[must_use]
    pub fn grown(self, share: f64) -> Self {
        let (low, high) = (self.south_west(), self.north_east());
        let (lat, lon) = ((high.lat - low.lat) * share, (high.lon - low.lon) * share);
        Self::between(
            Position { lat: low.lat - lat, lon: low.lon - lon },
            Position { lat: high.lat + lat, lon: high.lon + lon },
        )
    }
}

/// As in addresses: `7.1,49.4,7.2,49.5`.
impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [west, south, east, north] = [self.west, self.south, self.east, self.north].map(degrees);
        write!(f, "{west},{south},{east},{north}")
    }
}

fn degrees(units: i32) -> f64 {
    f64::from(units) / UNITS
}

fn units(degrees: f64) -> i32 {
    whole((degrees * UNITS).round())
}

/// A whole number that is known to be small; beyond the ends it stays at them.
#[allow(clippy::cast_possible_truncation, reason = "casts of floats saturate, and degrees are small")]
fn whole(number: f64) -> i32 {
    number as i32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_area_is_written_as_it_is_read() {
        let area = Area::parse("7.1,49.40004, 7.25,49.5").expect("an area");
        assert_eq!(area.to_string(), "7.1,49.4,7.25,49.5");
        assert_eq!(Area::parse(&area.to_string()), Some(area));
        assert!(area.contains(Position { lat: 49.4, lon: 7.25 }));
        assert!(!area.contains(Position { lat: 49.4, lon: 7.2501 }));
    }

    #[test]
    fn what_is_no_part_of_the_earth_is_no_area() {
        for text in [
            "",
            "7",
            "7,49,8",
            "7,49,8,50,9",
            "8,49,7,50",
            "7,50,8,49",
            "7,49,7,50",
            "a,b,c,d",
            "NaN,49,8,50",
            "inf,49,8,50",
            "-181,49,8,50",
            "7,49,8,91",
            "1e300,0,1e301,1",
            "7;49;8;50",
        ] {
            assert_eq!(Area::parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_what_was_read_is_stable(text in "[-0-9.,eEinfa ]{0,40}") {
            if let Some(area) = Area::parse(&text) {
                prop_assert_eq!(Area::parse(&area.to_string()), Some(area));
            }
        }

        #[test]
        fn an_area_holds_what_it_was_made_around(lat in -89.0..89.0f64, lon in -179.0..179.0f64, d in 0.0..1.0f64) {
            let (a, b) = (Position { lat, lon }, Position { lat: lat + d, lon: lon - d });
            let area = Area::around([a, b]).expect("an area");
            prop_assert!(area.contains(a) && area.contains(b));
            prop_assert_eq!(Area::parse(&area.to_string()), Some(area));
        }
    }
}
