//! The outlines of the municipalities: a GeoJSON file (RFC 7946) that the county gives.

use std::{fs, path::Path};

use app::domain::{
    map::{Area, Outline, Ring},
    place::{Ags, Position},
    portal::CountyMap,
};
use serde::Deserialize;
use serde_json::Value;

use super::{ConfigError, portal_file::MapSection};

/// More points than anybody sees; the map page would become heavy.
const MOST_POINTS: usize = 20_000;
/// Those of the example county.
const EXAMPLE: &str = include_str!("../../example/outlines.geojson");
/// No county's file is larger, even before it is simplified.
const MOST_BYTES: u64 = 20_000_000;

#[derive(Deserialize)]
struct Collection {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    features: Vec<Feature>,
    attribution: Option<String>,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    properties: Option<serde_json::Map<String, Value>>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Value,
}

/// Reads the file that `[map]` names; its path is relative to the configuration file.
pub(super) fn load(section: &MapSection, config: &Path) -> Result<CountyMap, ConfigError> {
    let Some(name) = &section.outlines else {
        return Ok(CountyMap { outlines: Vec::new(), attribution: section.attribution.clone() });
    };
    let file = config.parent().unwrap_or(Path::new("")).join(name);
    let unreadable = |error| ConfigError::unreadable(&file, &error);
    let refused = |reason| ConfigError::Outlines { file: file.clone(), reason };
    if fs::metadata(&file).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(refused("die Datei ist größer als 20 MB".to_owned()));
    }
    let text = fs::read_to_string(&file).map_err(unreadable)?;
    let map = parse(&text).map_err(refused)?;
    Ok(CountyMap { attribution: section.attribution.clone().or(map.attribution), ..map })
}

/// The outlines of the example county.
pub(super) fn example(section: &MapSection) -> Result<CountyMap, ConfigError> {
    let file = Path::new("example/outlines.geojson");
    let map = parse(EXAMPLE).map_err(|reason| ConfigError::Outlines { file: file.to_owned(), reason })?;
    Ok(CountyMap { attribution: section.attribution.clone().or(map.attribution), ..map })
}

/// Reads outlines. Whoever they come from may stand in the file itself, as its member `attribution`.
/// The error is the part of a German sentence that says what is wrong.
pub fn parse(text: &str) -> Result<CountyMap, String> {
    let collection: Collection =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            let place = format!("Zeile {}, Spalte {}", error.line(), error.column());
            format!("sie ist kein GeoJSON ({place}), erwartet wird eine FeatureCollection")
        })?;
    if collection.kind != "FeatureCollection" {
        return Err(format!("erwartet wird eine FeatureCollection, nicht „{}“", collection.kind));
    }
    let mut outlines = Vec::new();
    for (number, feature) in (1..).zip(collection.features) {
        outlines.extend(outline(feature).map_err(|reason| format!("Nummer {number} der Flächen: {reason}"))?);
    }
    let points = outlines.iter().flat_map(Outline::positions).count();
    if points == 0 {
        return Err("sie enthält keine Fläche (Polygon oder MultiPolygon)".to_owned());
    }
    if points > MOST_POINTS {
        return Err(format!(
            "sie hat {points} Punkte, höchstens {MOST_POINTS} sind sinnvoll: Vereinfachen Sie die Grenzen, \
             zum Beispiel mit mapshaper"
        ));
    }
    check_extent(&outlines)?;
    Ok(CountyMap { outlines, attribution: collection.attribution })
}

fn outline(feature: Feature) -> Result<Option<Outline>, String> {
    let Some(geometry) = feature.geometry else { return Ok(None) };
    let polygons = match geometry.kind.as_str() {
        "Polygon" => read(geometry.coordinates).map(|polygon| vec![polygon]),
        "MultiPolygon" => read(geometry.coordinates),
        _ => return Ok(None),
    };
    let polygons: Vec<Vec<Vec<Vec<f64>>>> = polygons.ok_or("die Koordinaten sind keine Ringe aus Punkten")?;
    let property = |name: &str| {
        let value = feature.properties.as_ref()?.get(name)?;
        value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|number| format!("{number:08}")))
    };
    let name = property("name").map(|name| name.trim().to_owned()).unwrap_or_default();
    if name.is_empty() {
        return Err("die Eigenschaft „name“ fehlt".to_owned());
    }
    let ags = match property("ags") {
        Some(key) => Some(Ags::parse(&key).ok_or_else(|| {
            format!("„{key}“ ist kein Gemeindeschlüssel (Eigenschaft „ags“) aus acht Ziffern")
        })?),
        None => None,
    };
    let rings = |polygon: Vec<Vec<Vec<f64>>>| polygon.into_iter().map(ring).collect::<Result<Vec<_>, _>>();
    let polygons = polygons.into_iter().map(rings).collect::<Result<Vec<_>, String>>()?;
    Ok(Some(Outline { ags, name, polygons }))
}

fn read<T: serde::de::DeserializeOwned>(coordinates: Value) -> Option<T> {
    serde_json::from_value(coordinates).ok()
}

fn ring(points: Vec<Vec<f64>>) -> Result<Ring, String> {
    let mut ring = points.iter().map(|point| position(point)).collect::<Result<Ring, String>>()?;
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    if ring.len() < 3 {
        return Err("ein Ring hat weniger als drei Punkte".to_owned());
    }
    Ok(ring)
}

fn position(point: &[f64]) -> Result<Position, String> {
    let [lon, lat, ..] = *point else {
        return Err("ein Punkt hat weniger als zwei Zahlen".to_owned());
    };
    Position::new(lat, lon).ok_or_else(|| {
        format!(
            "[{lon}, {lat}] ist kein Punkt in WGS84 (EPSG:4326), erwartet werden Länge und Breite in Grad"
        )
    })
}

/// Latitude and longitude in the wrong order are on Earth, too, but not in Germany.
fn check_extent(outlines: &[Outline]) -> Result<(), String> {
    let Some(area) = Area::around(outlines.iter().flat_map(Outline::positions)) else { return Ok(()) };
    let (low, high) = (area.south_west(), area.north_east());
    let swapped = low.lat < 20.0 && high.lat < 20.0 && low.lon > 40.0;
    if swapped {
        return Err(format!(
            "[{}, {}] liegt nicht in Deutschland: Zuerst steht die Länge, dann die Breite (WGS84)",
            low.lon, low.lat
        ));
    }
    if high.lat - low.lat > 15.0 || high.lon - low.lon > 20.0 {
        return Err("die Flächen reichen über mehr als ein Land".to_owned());
    }
    Ok(())
}
