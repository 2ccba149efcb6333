//! How a map is dragged and zoomed before a new one is drawn.

use super::Area;
use crate::domain::place::Position;

/// The square that is looked at, in shares of the side of the map as it was drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Its side; below 1 it is closer.
    pub side: f64,
}

impl Shift {
    /// As it was drawn.
    pub const NONE: Self = Self { x: 0.0, y: 0.0, side: 1.0 };
    /// Closer or farther than this, a new map has to be drawn first.
    const LIMITS: (f64, f64) = (0.05, 8.0);

    /// Pulled to the right and down by shares of what is seen.
    #[must_use]
    pub fn dragged(self, right: f64, down: f64) -> Self {
        Self { x: self.x - right * self.side, y: self.y - down * self.side, ..self }
    }

    /// So many times as much is seen; the point at these shares of what is seen stays where it is.
    #[must_use]
    pub fn zoomed(self, times: f64, (x, y): (f64, f64)) -> Self {
        let side = (self.side * times).clamp(Self::LIMITS.0, Self::LIMITS.1);
        let less = self.side - side;
        Self { x: self.x + x * less, y: self.y + y * less, side }
    }

    /// The same view on a map that was drawn for another one.
    #[must_use]
    pub fn since(self, drawn: Self) -> Self {
        let share = |now: f64, then: f64| (now - then) / drawn.side;
        Self { x: share(self.x, drawn.x), y: share(self.y, drawn.y), side: self.side / drawn.side }
    }

    /// What is looked at, where the map shows this area.
    pub fn area(self, drawn: Area) -> Area {
        let (low, high) = (drawn.south_west(), drawn.north_east());
        let lon = |share: f64| low.lon + share * (high.lon - low.lon);
        let lat = |share: f64| high.lat - share * (high.lat - low.lat);
        Area::between(
            Position { lat: lat(self.y + self.side), lon: lon(self.x) },
            Position { lat: lat(self.y), lon: lon(self.x + self.side) },
        )
    }

    /// The CSS transform, from the upper left corner, that shows it on a map of this width in pixels.
    pub fn transform(self, width: f64) -> String {
        let pixels = |share: f64| -share / self.side * width;
        format!("translate({:.1}px,{:.1}px) scale({:.4})", pixels(self.x), pixels(self.y), 1.0 / self.side)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area() -> Area {
        Area::parse("7,49,8,50").expect("an area")
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn nothing_done_shows_the_same() {
        assert_eq!(Shift::NONE.area(area()), area());
        assert_eq!(Shift::NONE.transform(400.0), "translate(-0.0px,-0.0px) scale(1.0000)");
    }

    #[test]
    fn pulling_to_the_right_shows_the_west_and_down_the_north() {
        let shift = Shift::NONE.dragged(0.5, 0.25);
        assert_eq!(shift.area(area()).to_string(), "6.5,49.25,7.5,50.25");
        assert_eq!(shift.transform(400.0), "translate(200.0px,100.0px) scale(1.0000)");
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let at = (0.25, 0.75);
        let shift = Shift::NONE.dragged(0.1, 0.0).zoomed(0.5, at);
        let point = |shift: Shift| (shift.x + at.0 * shift.side, shift.y + at.1 * shift.side);
        let before = point(Shift::NONE.dragged(0.1, 0.0));
        assert!(close(before.0, point(shift).0) && close(before.1, point(shift).1));
        assert!(close(shift.side, 0.5));
    }

    #[test]
    fn a_map_drawn_meanwhile_shows_the_same_view() {
        let drawn = Shift::NONE.dragged(0.2, 0.1).zoomed(0.5, (0.5, 0.5));
        let now = drawn.dragged(-0.3, 0.4);
        let rest = now.since(drawn);
        assert!(close(rest.x, 0.3) && close(rest.y, -0.4) && close(rest.side, 1.0));
        let (whole, part) = (now.area(area()), rest.area(drawn.area(area())));
        assert!(whole.south_west().distance_km(part.south_west()) < 0.05);
    }

    #[test]
    fn zooming_ends_where_the_drawing_would_be_of_no_use() {
        let far = (0..50).fold(Shift::NONE, |shift, _| shift.zoomed(1.25, (0.5, 0.5)));
        assert!(close(far.side, Shift::LIMITS.1));
        assert!(Area::parse(&far.area(area()).to_string()).is_some());
    }
}
