//! Fingers and the mouse: how the map is pulled.

use crate::domain::map::Shift;

/// Pixels that a pointer may tremble before it pulls.
const TREMBLE: f64 = 6.0;

/// A pointer that is down.
#[derive(Clone, Copy)]
struct Pointer {
    id: i32,
    at: (f64, f64),
}

/// Pointers on the map, at most two.
#[derive(Default)]
pub(super) struct Gesture {
    pointers: Vec<Pointer>,
    /// Pulled farther than anybody trembles.
    pub(super) moved: bool,
    way: f64,
}

impl Gesture {
    pub(super) fn down(&mut self, id: i32, at: (f64, f64)) {
        if self.pointers.is_empty() {
            (self.moved, self.way) = (false, 0.0);
        }
        self.pointers.retain(|pointer| pointer.id != id);
        if self.pointers.len() < 2 {
            self.pointers.push(Pointer { id, at });
        }
    }

    pub(super) fn up(&mut self, id: i32) {
        self.pointers.retain(|pointer| pointer.id != id);
    }

    pub(super) fn is_over(&self) -> bool {
        self.pointers.is_empty()
    }

    /// Moves a pointer; answers where the map is then. Points are pixels from its upper left corner.
    ///
    /// One finger scrolls the page; it takes two of them, or the mouse, to move the map.
    pub(super) fn moves(
        &mut self,
        id: i32,
        to: (f64, f64),
        is_mouse: bool,
        shift: Shift,
        width: f64,
    ) -> Option<Shift> {
        let before = self.spread();
        let pointer = self.pointers.iter_mut().find(|pointer| pointer.id == id)?;
        self.way += (to.0 - pointer.at.0).hypot(to.1 - pointer.at.1);
        pointer.at = to;
        let after = self.spread();
        if self.way < TREMBLE || !(is_mouse || self.pointers.len() == 2) {
            return None;
        }
        self.moved = true;
        let pulled = shift
            .dragged((after.middle.0 - before.middle.0) / width, (after.middle.1 - before.middle.1) / width);
        let at = (after.middle.0 / width, after.middle.1 / width);
        Some(if before.wide > 1.0 && after.wide > 1.0 {
            pulled.zoomed(before.wide / after.wide, at)
        } else {
            pulled
        })
    }

    fn spread(&self) -> Spread {
        match *self.pointers.as_slice() {
            [Pointer { at: a, .. }, Pointer { at: b, .. }, ..] => {
                Spread { middle: (a.0.midpoint(b.0), a.1.midpoint(b.1)), wide: (a.0 - b.0).hypot(a.1 - b.1) }
            }
            [Pointer { at, .. }] => Spread { middle: at, wide: 0.0 },
            [] => Spread { middle: (0.0, 0.0), wide: 0.0 },
        }
    }
}

/// The middle between the pointers and how far they are apart, in pixels.
struct Spread {
    middle: (f64, f64),
    wide: f64,
}
