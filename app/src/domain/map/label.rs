//! Names of municipalities on the map, where they have room.

use super::{Frame, Outline, Scale};

/// A name and where its middle stands, as shares of the side of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub name: String,
    pub at: (f64, f64),
}

/// Height of a line of names and width of a letter, in CSS pixels.
const HEIGHT: f64 = 18.0;
const LETTER: f64 = 7.6;
/// Lines across an outline on which a name could stand.
const LINES: u8 = 11;

/// A box on the map: middle, half of the width and of the height.
#[derive(Clone, Copy)]
struct Space {
    at: (f64, f64),
    half: (f64, f64),
}

impl Space {
    fn overlaps(self, other: Self) -> bool {
        (self.at.0 - other.at.0).abs() < self.half.0 + other.half.0
            && (self.at.1 - other.at.1).abs() < self.half.1 + other.half.1
    }
}

/// A place for each name where one is: inside its outline, never over another name, and over a mark
/// only if there is no other way. Larger municipalities choose first.
pub fn labels(outlines: &[Outline], frame: &Frame, scale: Scale, marks: &[(f64, f64)]) -> Vec<Label> {
    let marks: Vec<Space> = marks
        .iter()
        .map(|at| Space { at: *at, half: (scale.distance() / 2.0, scale.distance() / 2.0) })
        .collect();
    let mut wanted: Vec<_> = outlines
        .iter()
        .filter_map(|outline| {
            let ring = outline.visible(frame).into_iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
            Some((size(&ring), outline, ring))
        })
        .filter(|(size, _, _)| *size > 0.0)
        .collect();
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    let mut taken: Vec<Space> = Vec::new();
    let mut placed = Vec::new();
    for (_, outline, ring) in wanted {
        let letters = f64::from(u16::try_from(outline.name.chars().count()).unwrap_or(u16::MAX));
        let half = (letters * LETTER / scale.width() / 2.0, HEIGHT / scale.width() / 2.0);
        let best = spots(&ring, half)
            .into_iter()
            .filter(|(_, space)| !taken.iter().any(|other| other.overlaps(*space)))
            .map(|(room, space)| (marks.iter().any(|mark| mark.overlaps(space)), room, space))
            .min_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        if let Some((_, _, space)) = best {
            taken.push(space);
            placed.push(Label { name: outline.name.clone(), at: space.at });
        }
    }
    placed
}

/// Where a name of this size could stand in a ring, with how good that is.
fn spots(ring: &[(f64, f64)], half: (f64, f64)) -> Vec<(f64, Space)> {
    let (top, bottom) =
        ring.iter().fold((1.0_f64, 0.0_f64), |(top, bottom), p| (top.min(p.1), bottom.max(p.1)));
    let mut spots = Vec::new();
    for line in 1..=LINES {
        let share = f64::from(line) / f64::from(LINES + 1);
        let y = top + (bottom - top) * share;
        for (left, right) in spans(ring, y) {
            let room = ((right - left) / (2.0 * half.0)).min(1.6);
            for slide in [0.5, 0.32, 0.68] {
                let x = left + (right - left) * slide;
                let x = x.clamp(half.0 + 0.01, (1.0 - half.0 - 0.01).max(half.0 + 0.01));
                let y = y.clamp(half.1 + 0.01, 1.0 - half.1 - 0.01);
                // The middle of a shape is where a name is looked for.
                let off_centre = (share - 0.5).abs() + (slide - 0.5_f64).abs();
                spots.push((room - off_centre, Space { at: (x, y), half }));
            }
        }
    }
    spots
}

/// The parts of a horizontal line that lie inside a ring.
fn spans(ring: &[(f64, f64)], y: f64) -> Vec<(f64, f64)> {
    let mut crossings: Vec<f64> = Vec::new();
    let mut before = match ring.last() {
        Some(last) => *last,
        None => return Vec::new(),
    };
    for point in ring {
        if (before.1 > y) != (point.1 > y) {
            let share = (y - before.1) / (point.1 - before.1);
            crossings.push(before.0 + (point.0 - before.0) * share);
        }
        before = *point;
    }
    crossings.sort_by(f64::total_cmp);
    crossings.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Twice the area of a ring.
fn size(ring: &[(f64, f64)]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{map::Area, place::Position};

    fn outline(name: &str, west: f64, south: f64, side: f64) -> Outline {
        let corner = |lat, lon| Position { lat, lon };
        let (east, north) = (west + side, south + side);
        let ring = vec![corner(south, west), corner(south, east), corner(north, east), corner(north, west)];
        Outline { ags: None, name: name.to_owned(), polygons: vec![vec![ring]] }
    }

    fn frame() -> Frame {
        Frame::around(Area::parse("-1,-1,1,1").expect("an area"))
    }

    #[test]
    fn a_name_stands_inside_its_municipality() {
        let all = [outline("Aue", -1.0, -1.0, 1.0), outline("Berg", 0.0, 0.0, 1.0)];
        let found = labels(&all, &frame(), Scale::Wide, &[]);
        assert_eq!(found.len(), 2);
        for label in found {
            let middle = if label.name == "Aue" { (0.25, 0.75) } else { (0.75, 0.25) };
            assert!(
                (label.at.0 - middle.0).abs() < 0.05 && (label.at.1 - middle.1).abs() < 0.05,
                "{label:?}"
            );
        }
    }

    #[test]
    fn names_never_cover_each_other_and_the_larger_one_wins() {
        let all = [outline("Winzig", -0.02, -0.02, 0.01), outline("Klein", -0.02, -0.02, 0.04)];
        let found = labels(&all, &frame(), Scale::Narrow, &[]);
        assert_eq!(found.iter().map(|label| label.name.as_str()).collect::<Vec<_>>(), ["Klein"]);
    }

    #[test]
    fn a_name_gives_way_to_a_mark() {
        let all = [outline("Aue", -1.0, -1.0, 2.0)];
        let alone = labels(&all, &frame(), Scale::Wide, &[])[0].at;
        let beside = labels(&all, &frame(), Scale::Wide, &[alone])[0].at;
        assert!((alone.0 - beside.0).hypot(alone.1 - beside.1) > 0.05);
    }

    #[test]
    fn what_is_not_on_the_map_has_no_name() {
        assert!(labels(&[outline("Fern", 40.0, 40.0, 1.0)], &frame(), Scale::Wide, &[]).is_empty());
    }
}
