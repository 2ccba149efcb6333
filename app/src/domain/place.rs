//! Where things are: municipalities, localities, postcodes, positions.

use serde::{Deserialize, Serialize};

use super::ids::MunicipalityId;

mod device;

pub use device::DevicePosition;

/// WGS84 coordinates in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    pub lat: f64,
    pub lon: f64,
}

impl Position {
    /// `None` for anything that is not a point on Earth.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some(Self { lat, lon })
    }

    /// Great-circle distance in kilometres (haversine, mean Earth radius 6371.009 km).
    pub fn distance_km(self, other: Self) -> f64 {
        let (lat_a, lat_b) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = ((lat_b - lat_a) / 2.0).sin();
        let half_lon = ((other.lon - self.lon).to_radians() / 2.0).sin();
        let a = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
        2.0 * 6371.009 * a.sqrt().min(1.0).asin()
    }
}

/// Whether two positions are the same but for digits that a document may have lost (a centimetre).
pub fn same_place(a: Option<Position>, b: Option<Position>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a.lat - b.lat).abs() < 1e-7 && (a.lon - b.lon).abs() < 1e-7,
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Amtlicher Gemeindeschlüssel: eight digits, the first five are the county.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ags(String);

impl Ags {
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit())).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A German postcode: five digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PostalCode(String);

impl PostalCode {
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit())).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Gemeinde. Its key is unknown where a file gave it none of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Municipality {
    pub id: MunicipalityId,
    pub ags: Option<Ags>,
    pub name: String,
    /// Other ways to write its name ("Plau" for "Plau am See").
    pub aliases: Vec<String>,
}

impl Municipality {
    /// Its value in the `gemeinde` filter: the official key, else its name in the spelling of slugs.
    pub fn filter_value(&self) -> String {
        match &self.ags {
            Some(ags) => ags.as_str().to_owned(),
            None => super::ids::Slug::from_name(&self.name).to_string(),
        }
    }
}

/// Ortsteil of a municipality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locality {
    pub municipality: MunicipalityId,
    pub name: String,
    /// Other ways to write its name.
    pub aliases: Vec<String>,
}

/// A place of the imported gazetteer: a postcode with the name of one place in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GazetteerPlace {
    pub postal_code: PostalCode,
    pub name: String,
    /// Name of the county.
    pub county: String,
    /// Kreisschlüssel: the first five digits of the keys of the county's municipalities.
    pub county_key: String,
    /// Bundesland.
    pub state: String,
    pub position: Position,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_about_111_km() {
        let a = Position::new(53.0, 11.0).expect("a point");
        let b = Position::new(54.0, 11.0).expect("a point");
        assert!((a.distance_km(b) - 111.2).abs() < 0.1);
        assert!(a.distance_km(a) < 1e-9);
    }

    #[test]
    fn keys_and_postcodes_have_their_digits() {
        assert!(Ags::parse("13076108").is_some());
        assert!(Ags::parse("1307610").is_none());
        assert!(PostalCode::parse("19370").is_some());
        assert!(PostalCode::parse("1937O").is_none());
        assert!(Position::new(f64::NAN, 0.0).is_none());
    }
}
