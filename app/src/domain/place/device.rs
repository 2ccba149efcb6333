//! Where the device of a citizen is, as far as anybody needs to know.

use std::fmt;

use super::Position;

/// Steps in a degree: about a hundred metres on the ground.
const STEPS: f64 = 1000.0;

/// The position of a device, rounded to three decimals of a degree; more is never kept.
///
/// It has no `Display` and its `Debug` says nothing: it must reach neither a log nor an address.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DevicePosition {
    lat: i32,
    lon: i32,
}

impl DevicePosition {
    /// Rounds a position.
    #[allow(clippy::cast_possible_truncation, reason = "at most 180 thousand")]
    pub fn rounded(position: Position) -> Self {
        let steps = |degrees: f64| (degrees * STEPS).round() as i32;
        Self { lat: steps(position.lat), lon: steps(position.lon) }
    }

    /// Reads `lat,lon` in degrees, as a request says it.
    pub fn parse(text: &str) -> Option<Self> {
        let (lat, lon) = text.split_once(',')?;
        Some(Self::rounded(Position::new(lat.trim().parse().ok()?, lon.trim().parse().ok()?)?))
    }

    /// As a request says it.
    pub fn header(self) -> String {
        let Position { lat, lon } = self.position();
        format!("{lat:.3},{lon:.3}")
    }

    pub fn position(self) -> Position {
        Position { lat: f64::from(self.lat) / STEPS, lon: f64::from(self.lon) / STEPS }
    }
}

impl fmt::Debug for DevicePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DevicePosition")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_decimals_are_kept_and_none_is_told() {
        let exact = Position { lat: 49.466_789_1, lon: -7.169_456 };
        let rounded = DevicePosition::rounded(exact);
        assert_eq!(rounded.header(), "49.467,-7.169");
        assert_eq!(DevicePosition::parse("49.4667891, -7.169456"), Some(rounded));
        assert_eq!(DevicePosition::parse(&rounded.header()), Some(rounded));
        assert_eq!(format!("{rounded:?}"), "DevicePosition");
    }

    #[test]
    fn what_is_no_point_on_earth_is_no_position() {
        for text in ["", "49", "91,7", "49,181", "NaN,7", "inf,7", "a,b", "49,7,1", "<script>"] {
            assert_eq!(DevicePosition::parse(text), None, "{text:?}");
        }
    }
}
