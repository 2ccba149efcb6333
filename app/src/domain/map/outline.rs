//! Outlines of municipalities, and the path that draws them.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::Frame;
use crate::domain::place::{Ags, Position};

/// A closed line; the last point is not repeated.
pub type Ring = Vec<Position>;

/// The outline of one municipality.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    pub ags: Option<Ags>,
    pub name: String,
    /// Polygons of an outer ring and its holes.
    pub polygons: Vec<Vec<Ring>>,
}

impl Outline {
    /// Units of a path along the side of the map.
    pub const UNITS: f64 = 1000.0;
    /// How far beyond the frame it is drawn, as a share of its side: a map that is being dragged has
    /// no empty edge.
    pub const BEYOND: f64 = 0.5;

    pub fn positions(&self) -> impl Iterator<Item = Position> + '_ {
        self.polygons.iter().flatten().flatten().copied()
    }

    /// The `d` of an SVG path on a square of 1000 units, as short as these units allow; empty where
    /// nothing of it is near the frame.
    pub fn path(&self, frame: &Frame) -> String {
        let mut path = String::new();
        for ring in self.polygons.iter().flatten() {
            draw(&mut path, &clip(ring, frame));
        }
        path
    }

    /// The outer rings on the map, cut off at its edges: where a name could stand.
    pub(super) fn visible(&self, frame: &Frame) -> Vec<Vec<(f64, f64)>> {
        self.polygons.iter().filter_map(|rings| rings.first()).map(|ring| cut(ring, frame, 0.0)).collect()
    }
}

fn clip(ring: &Ring, frame: &Frame) -> Vec<(i32, i32)> {
    let mut points: Vec<(i32, i32)> = Vec::new();
    for (x, y) in cut(ring, frame, Outline::BEYOND) {
        let point = (rounded(x * Outline::UNITS), rounded(y * Outline::UNITS));
        if points.last() != Some(&point) {
            points.push(point);
        }
    }
    points
}

/// How far inside of an edge a point is, for edges at a low and a high value.
type Inside = fn((f64, f64), f64, f64) -> f64;

/// Cuts a ring off at the edges of the frame and some more (Sutherland and Hodgman, 1974).
fn cut(ring: &Ring, frame: &Frame, beyond: f64) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = ring.iter().map(|position| frame.project(*position)).collect();
    let (low, high) = (-beyond, 1.0 + beyond);
    // How far inside each edge a point is.
    let edges: [Inside; 4] =
        [|p, low, _| p.0 - low, |p, _, high| high - p.0, |p, low, _| p.1 - low, |p, _, high| high - p.1];
    for inside in edges {
        let depth = |p: (f64, f64)| inside(p, low, high);
        let Some(mut before) = points.last().copied() else { return points };
        let mut kept = Vec::with_capacity(points.len());
        for point in points {
            let (from, to) = (depth(before), depth(point));
            if (from >= 0.0) != (to >= 0.0) {
                let share = from / (from - to);
                kept.push((before.0 + (point.0 - before.0) * share, before.1 + (point.1 - before.1) * share));
            }
            if to >= 0.0 {
                kept.push(point);
            }
            before = point;
        }
        points = kept;
    }
    points
}

fn draw(path: &mut String, points: &[(i32, i32)]) {
    let [first, rest @ ..] = points else { return };
    if rest.len() < 2 {
        return;
    }
    // Writing to a string cannot fail.
    let _ = write!(path, "M{} {}l", first.0, first.1);
    let mut before = *first;
    for (n, point) in rest.iter().enumerate() {
        let (dx, dy) = (point.0 - before.0, point.1 - before.1);
        let gap = if n == 0 || dx < 0 { "" } else { " " };
        let between = if dy < 0 { "" } else { " " };
        let _ = write!(path, "{gap}{dx}{between}{dy}");
        before = *point;
    }
    path.push('z');
}

#[allow(clippy::cast_possible_truncation, reason = "some thousand units at most, cut off before")]
fn rounded(number: f64) -> i32 {
    number.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::map::Area;

    fn square(west: f64, south: f64, side: f64) -> Outline {
        let corner = |lat, lon| Position { lat, lon };
        let (east, north) = (west + side, south + side);
        let ring = vec![corner(south, west), corner(south, east), corner(north, east), corner(north, west)];
        Outline { ags: None, name: "A".to_owned(), polygons: vec![vec![ring]] }
    }

    fn frame() -> Frame {
        Frame::around(Area::parse("-1,-1,1,1").expect("an area"))
    }

    #[test]
    fn a_path_is_written_in_steps() {
        assert_eq!(square(0.0, 0.0, 0.5).path(&frame()), "M500 500l250 0 0-250-250 0z");
    }

    #[test]
    fn what_is_far_away_is_not_drawn() {
        assert_eq!(square(40.0, 40.0, 1.0).path(&frame()), "");
    }

    #[test]
    fn what_is_larger_than_the_map_is_cut_off_beyond_its_edge() {
        let path = square(-80.0, -80.0, 160.0).path(&frame());
        let largest = path.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<i32>().ok()).max();
        assert_eq!(largest, Some(2000), "{path}");
        assert!(path.starts_with("M-500") || path.starts_with("M1500"), "{path}");
    }

    #[test]
    fn points_that_fall_together_are_one() {
        let mut outline = square(0.0, 0.0, 0.5);
        outline.polygons[0][0].insert(1, Position { lat: 0.000_01, lon: 0.000_01 });
        assert_eq!(outline.path(&frame()), "M500 500l250 0 0-250-250 0z");
    }
}
