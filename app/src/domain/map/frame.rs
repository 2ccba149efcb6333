//! The part of the Earth that a map shows.

use serde::{Deserialize, Serialize};

use super::{Area, MapPoint, Outline};
use crate::domain::place::Position;

/// A square on the ground. Longitudes are shortened by the cosine of the middle latitude
/// (equirectangular projection), which no county is large enough to see.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    middle: Position,
    /// Half of the side, in degrees of latitude.
    half: f64,
}

impl Frame {
    /// Half of the smallest side: with less, neighbours stay what they are. About 150 metres.
    const LEAST: f64 = 0.001_35;
    /// Half of the largest side: a continent.
    const MOST: f64 = 30.0;

    /// The smallest square around an area.
    pub fn around(area: Area) -> Self {
        let (low, high) = (area.south_west(), area.north_east());
        let middle = Position { lat: low.lat.midpoint(high.lat), lon: low.lon.midpoint(high.lon) };
        let lat = (high.lat - low.lat) / 2.0;
        let lon = (high.lon - low.lon) / 2.0 * shortening(middle);
        Self { middle, half: lat.max(lon) }.bounded()
    }

    /// What a map shows at first: the asked area; else where the points are if the search is about a
    /// place; else the whole county with what lies around it.
    pub fn choose(area: Option<Area>, outlines: &[Outline], points: &[MapPoint], at_place: bool) -> Self {
        let all = || Area::around(points.iter().map(|point| point.position));
        if let Some(area) = area {
            // Of half the Earth what is found is shown, wherever that is.
            let found = all().filter(|_| !Self::holds(area)).map(|found| found.grown(0.04));
            return Self::around(found.unwrap_or(area));
        }
        let county = Area::around(outlines.iter().flat_map(Outline::positions));
        let shown = match county {
            Some(county) if !at_place || points.is_empty() => {
                // One record with a wrong position must not shrink the county to a dot.
                let nearby = county.grown(0.5);
                let near = points.iter().map(|point| point.position).filter(|p| nearby.contains(*p));
                Area::around(near).map_or(county, |near| county.with(near))
            }
            _ => all().unwrap_or_else(germany),
        };
        let frame = Self::around(shown.grown(if at_place { 0.12 } else { 0.04 }));
        // A single house in its surroundings, not on an empty sheet.
        if at_place { Self { half: frame.half.max(0.02), ..frame } } else { frame }
    }

    /// Whether a map can show all of an area.
    fn holds(area: Area) -> bool {
        let (low, high) = (area.south_west(), area.north_east());
        let frame = Self::around(area);
        let fits = |position| {
            let (x, y) = frame.project(position);
            (-0.001..=1.001).contains(&x) && (-0.001..=1.001).contains(&y)
        };
        fits(low) && fits(high)
    }

    /// Where a position is on the map: shares of the side, from the left and from the top.
    pub fn project(&self, position: Position) -> (f64, f64) {
        let x = (position.lon - self.middle.lon) * shortening(self.middle);
        let y = self.middle.lat - position.lat;
        (0.5 + x / (2.0 * self.half), 0.5 + y / (2.0 * self.half))
    }

    /// The position at a place on the map.
    pub fn position(&self, (x, y): (f64, f64)) -> Position {
        Position {
            lat: self.middle.lat - (y - 0.5) * 2.0 * self.half,
            lon: self.middle.lon + (x - 0.5) * 2.0 * self.half / shortening(self.middle),
        }
    }

    /// What it shows, as addresses say it.
    pub fn area(&self) -> Area {
        Area::between(self.position((0.0, 1.0)), self.position((1.0, 0.0)))
    }

    /// The same middle with sides so many times as long.
    #[must_use]
    pub fn scaled(&self, times: f64) -> Self {
        Self { middle: self.middle, half: self.half * times }.bounded()
    }

    /// Moved to the east and to the south by shares of its side.
    #[must_use]
    pub fn moved(&self, east: f64, south: f64) -> Self {
        Self { middle: self.position((0.5 + east, 0.5 + south)), half: self.half }.bounded()
    }

    /// Whether it can be made smaller.
    pub fn can_shrink(&self) -> bool {
        // Addresses round outwards.
        self.half > Self::LEAST * 1.2
    }

    /// The side on the ground in kilometres.
    pub fn kilometres(&self) -> f64 {
        2.0 * self.half * 111.2
    }

    fn bounded(self) -> Self {
        Self {
            middle: Position {
                lat: self.middle.lat.clamp(-85.0, 85.0),
                lon: self.middle.lon.clamp(-180.0, 180.0),
            },
            half: self.half.clamp(Self::LEAST, Self::MOST),
        }
    }
}

/// How much shorter a degree of longitude is than one of latitude; never 0.
fn shortening(at: Position) -> f64 {
    at.lat.to_radians().cos().max(0.05)
}

fn germany() -> Area {
    Area::between(Position { lat: 47.2, lon: 5.8 }, Position { lat: 55.1, lon: 15.1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(text: &str) -> Area {
        Area::parse(text).expect("an area")
    }

    fn point(lat: f64, lon: f64) -> MapPoint {
        MapPoint { key: 0, position: Position { lat, lon }, light: None }
    }

    fn county() -> Vec<Outline> {
        let corner = |lat, lon| Position { lat, lon };
        let ring = vec![corner(49.4, 7.0), corner(49.4, 7.4), corner(49.6, 7.4), corner(49.6, 7.0)];
        vec![Outline { ags: None, name: "Kreis".to_owned(), polygons: vec![vec![ring]] }]
    }

    #[test]
    fn a_square_on_the_ground_is_a_square_on_the_map() {
        let frame = Frame::around(area("7,49,8,50"));
        let (a, b) = (Position { lat: 49.5, lon: 7.5 }, Position { lat: 49.5 + 0.1, lon: 7.5 });
        let east = Position { lat: 49.5, lon: 7.5 + 0.1 / 49.5_f64.to_radians().cos() };
        let length = |p: Position| {
            let ((x, y), (ax, ay)) = (frame.project(p), frame.project(a));
            (x - ax).hypot(y - ay)
        };
        assert!((length(b) - length(east)).abs() < 1e-9);
        assert!((a.distance_km(b) - a.distance_km(east)).abs() < 0.02);
    }

    #[test]
    fn projecting_and_back_is_the_same_position() {
        let frame = Frame::around(area("7,49,8,50")).moved(0.25, -0.5).scaled(0.5);
        let position = Position { lat: 49.37, lon: 7.61 };
        let back = frame.position(frame.project(position));
        assert!(back.distance_km(position) < 1e-6);
    }

    #[test]
    fn a_frame_shows_what_its_area_says_again() {
        let frame = Frame::around(area("7,49,8,50"));
        let again = Frame::around(frame.area());
        assert!((frame.half - again.half).abs() < 1e-3);
    }

    #[test]
    fn zooming_ends_at_a_house_and_at_a_continent() {
        let frame = Frame::around(area("7,49,8,50"));
        assert!(!(0..40).fold(frame, |frame, _| frame.scaled(0.5)).can_shrink());
        let far = (0..40).fold(frame, |frame, _| frame.scaled(2.0).moved(3.0, 3.0));
        assert!(Area::parse(&far.area().to_string()).is_some());
    }

    #[test]
    fn the_smallest_map_knows_from_its_address_that_it_is_the_smallest() {
        let least = (0..40).fold(Frame::around(area("7,49,8,50")), |frame, _| frame.scaled(0.5));
        assert!(!Frame::around(least.area()).can_shrink());
    }

    #[test]
    fn of_the_whole_earth_what_is_found_is_shown() {
        let found = Frame::choose(Some(area("-180,-90,180,90")), &[], &[point(49.5, 7.2)], false);
        assert!(found.area().contains(Position { lat: 49.5, lon: 7.2 }));
        let part = Frame::choose(Some(area("7,49,8,50")), &[], &[point(49.5, 7.2)], false);
        assert_eq!(part, Frame::around(area("7,49,8,50")));
    }

    #[test]
    fn a_stray_record_does_not_shrink_the_county() {
        let whole = Frame::choose(None, &county(), &[], false);
        let stray = Frame::choose(None, &county(), &[point(53.5, 10.0)], false);
        assert_eq!(whole, stray);
        let near = Frame::choose(None, &county(), &[point(49.65, 7.2)], false);
        let (_, y) = near.project(Position { lat: 49.65, lon: 7.2 });
        assert!(near != whole && (0.0..1.0).contains(&y));
    }

    #[test]
    fn a_search_at_a_place_shows_its_surroundings() {
        let frame = Frame::choose(None, &county(), &[point(49.5, 7.2)], true);
        assert!(frame.kilometres() > 4.0 && frame.kilometres() < 10.0);
        let nothing = Frame::choose(None, &county(), &[], true);
        assert!(nothing.kilometres() > 20.0);
    }

    #[test]
    fn without_outlines_the_points_are_the_county() {
        let frame = Frame::choose(None, &[], &[point(49.4, 7.0), point(49.6, 7.4)], false);
        assert!(frame.area().contains(Position { lat: 49.4, lon: 7.0 }));
        assert!(Frame::choose(None, &[], &[], false).kilometres() > 500.0);
    }
}
