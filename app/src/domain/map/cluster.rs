//! Points that would overlap become one mark that says their number.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{Area, Frame};
use crate::domain::{capacity::Light, place::Position};

/// A facility on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapPoint {
    /// What the caller knows it by.
    pub key: u32,
    pub position: Position,
    /// The best light of its offers that match.
    pub light: Option<Light>,
}

/// Facilities that share a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    pub count: usize,
    pub light: Option<Light>,
    /// The middle of its facilities on the map.
    pub at: (f64, f64),
    /// What holds all of them.
    pub area: Area,
    /// The key of the only one, if it is one.
    pub key: u32,
}

/// Joins points until any two marks are at least `distance` apart (a share of the side of the map).
///
/// The same points give the same clusters in whatever order they come, and their numbers add up to
/// the points on the map; points outside of it are left out.
pub fn clusters(points: &[MapPoint], frame: &Frame, distance: f64) -> Vec<Cluster> {
    let mut joined = seeds(cells(points, frame, distance / 4.0), distance);
    while let Some((a, b)) = nearest_pair(&joined, distance) {
        let other = joined.swap_remove(b);
        joined[a].take(&other);
    }
    joined.sort_by_key(Sum::order);
    joined.iter().map(Sum::cluster).collect()
}

/// What is added up of the points of a cluster.
#[derive(Clone, Debug)]
struct Sum {
    count: usize,
    weight: f64,
    x: f64,
    y: f64,
    /// Position of the best light among [`Light::ALL`]; 4 for none.
    light: u8,
    low: Position,
    high: Position,
    key: u32,
}

impl Sum {
    fn of(point: &MapPoint, (x, y): (f64, f64)) -> Self {
        let light = point.light.map_or(4, |light| light as u8);
        Self { count: 1, weight: 1.0, x, y, light, low: point.position, high: point.position, key: point.key }
    }

    fn take(&mut self, other: &Self) {
        self.count += other.count;
        self.weight += other.weight;
        self.x += other.x;
        self.y += other.y;
        self.light = self.light.min(other.light);
        let (low, high) = (other.low, other.high);
        self.low = Position { lat: self.low.lat.min(low.lat), lon: self.low.lon.min(low.lon) };
        self.high = Position { lat: self.high.lat.max(high.lat), lon: self.high.lon.max(high.lon) };
        self.key = self.key.min(other.key);
    }

    fn at(&self) -> (f64, f64) {
        (self.x / self.weight, self.y / self.weight)
    }

    fn distance(&self, other: &Self) -> f64 {
        let ((ax, ay), (bx, by)) = (self.at(), other.at());
        (ax - bx).hypot(ay - by)
    }

    /// Rows from the top, then from the left: as a page is read.
    fn order(&self) -> (i32, i32, u32) {
        let (x, y) = self.at();
        (cell(y, 0.08), cell(x, 0.001), self.key)
    }

    fn cluster(&self) -> Cluster {
        Cluster {
            count: self.count,
            light: Light::ALL.get(usize::from(self.light)).copied(),
            at: self.at(),
            area: Area::between(self.low, self.high),
            key: self.key,
        }
    }
}

/// Adds up the points of every cell of a fine grid, so that what follows does not depend on how many
/// points there are.
fn cells(points: &[MapPoint], frame: &Frame, side: f64) -> BTreeMap<(i32, i32), Sum> {
    let mut sorted: Vec<&MapPoint> = points.iter().collect();
    // Sums of floats depend on their order.
    sorted.sort_by_key(|point| point.key);
    let mut cells: BTreeMap<(i32, i32), Sum> = BTreeMap::new();
    for point in sorted {
        let (x, y) = frame.project(point.position);
        if !((0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y)) {
            continue;
        }
        let sum = Sum::of(point, (x, y));
        cells.entry((cell(x, side), cell(y, side))).and_modify(|all| all.take(&sum)).or_insert(sum);
    }
    cells
}

/// Where most points are, a cluster begins, and takes in what is nearer than `distance`.
fn seeds(mut cells: BTreeMap<(i32, i32), Sum>, distance: f64) -> Vec<Sum> {
    let mut order: Vec<(Reverse<usize>, (i32, i32))> =
        cells.iter().map(|(at, sum)| (Reverse(sum.count), *at)).collect();
    order.sort_unstable();
    let mut seeds = Vec::new();
    for (_, (column, row)) in order {
        let Some(seed) = cells.remove(&(column, row)) else { continue };
        let mut sum = seed.clone();
        for c in column - 4..=column + 4 {
            for r in row - 4..=row + 4 {
                if cells.get(&(c, r)).is_some_and(|other| seed.distance(other) < distance)
                    && let Some(other) = cells.remove(&(c, r))
                {
                    sum.take(&other);
                }
            }
        }
        seeds.push(sum);
    }
    seeds
}

fn nearest_pair(sums: &[Sum], distance: f64) -> Option<(usize, usize)> {
    let mut nearest = None;
    let mut least = distance;
    for (a, one) in sums.iter().enumerate() {
        for (b, other) in sums.iter().enumerate().skip(a + 1) {
            let apart = one.distance(other);
            if apart < least {
                (nearest, least) = (Some((a, b)), apart);
            }
        }
    }
    nearest
}

/// The number of the cell in which a share of the map lies.
#[allow(clippy::cast_possible_truncation, reason = "shares of the map, some hundred cells")]
fn cell(share: f64, side: f64) -> i32 {
    (share / side).floor() as i32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn frame() -> Frame {
        Frame::around(Area::parse("7,49,8,50").expect("an area"))
    }

    fn at(key: u32, lat: f64, lon: f64, light: Option<Light>) -> MapPoint {
        MapPoint { key, position: Position { lat, lon }, light }
    }

    #[test]
    fn a_cluster_says_its_number_and_its_best_light() {
        let points = [
            at(1, 49.5, 7.5, Some(Light::Full)),
            at(2, 49.501, 7.5, Some(Light::Free)),
            at(3, 49.5, 7.501, None),
            at(4, 49.9, 7.5, None),
        ];
        let found = clusters(&points, &frame(), 0.1);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].count, found[0].light, found[0].key), (1, None, 4));
        assert_eq!((found[1].count, found[1].light), (3, Some(Light::Free)));
        assert!(found[1].area.contains(points[1].position));
    }

    #[test]
    fn one_point_alone_stands_where_it_is() {
        let found = clusters(&[at(1, 49.3, 7.2, Some(Light::Unknown))], &frame(), 0.1);
        assert_eq!(found[0].at, frame().project(Position { lat: 49.3, lon: 7.2 }));
    }

    #[test]
    fn what_is_not_on_the_map_is_not_counted() {
        assert!(clusters(&[at(1, 51.0, 7.5, None)], &frame(), 0.1).is_empty());
    }

    #[test]
    fn many_points_become_few_marks() {
        let points: Vec<MapPoint> = (0..60_000)
            .map(|key| {
                let (a, b) = (f64::from(key % 251) / 251.0, f64::from(key % 239) / 239.0);
                at(key, 49.0 + a, 7.2 + b * 0.6, None)
            })
            .collect();
        let found = clusters(&points, &frame(), 0.08);
        assert!(found.len() < 180, "{}", found.len());
        assert_eq!(found.iter().map(|cluster| cluster.count).sum::<usize>(), points.len());
    }

    proptest! {
        #[test]
        fn numbers_add_up_marks_stand_apart_and_order_does_not_matter(
            places in proptest::collection::vec((49.0..50.0f64, 7.2..7.8f64), 0..80),
            distance in 0.02..0.2f64,
        ) {
            let mut points: Vec<MapPoint> =
                (0u32..).zip(&places).map(|(key, (lat, lon))| at(key, *lat, *lon, None)).collect();
            let found = clusters(&points, &frame(), distance);
            prop_assert_eq!(found.iter().map(|cluster| cluster.count).sum::<usize>(), points.len());
            for (n, a) in found.iter().enumerate() {
                for b in &found[n + 1..] {
                    let apart = (a.at.0 - b.at.0).hypot(a.at.1 - b.at.1);
                    prop_assert!(apart >= distance - 1e-9, "{} < {}", apart, distance);
                }
            }
            points.reverse();
            prop_assert_eq!(clusters(&points, &frame(), distance), found);
        }
    }
}
