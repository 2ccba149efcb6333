//! The map: which part of the Earth it shows, what stands on it, and how points become marks.
//!
//! Everything here is plain geometry. A map is a square; positions on it are shares of its side,
//! counted from the top left, so that one drawing fits every screen.

use serde::{Deserialize, Serialize};

use super::{capacity::Light, ids::Slug};

mod area;
mod cluster;
mod frame;
mod label;
mod outline;
mod shift;

pub use area::Area;
pub use cluster::{Cluster, MapPoint, clusters};
pub use frame::Frame;
pub use label::{Label, labels};
pub use outline::{Outline, Ring};
pub use shift::Shift;

/// The map of a search, with all of its results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapView {
    pub frame: Frame,
    /// The search asks for a part of the map.
    pub is_part: bool,
    /// What is drawn on narrow screens.
    pub narrow: Vec<Mark>,
    /// What is drawn where there is room.
    pub wide: Vec<Mark>,
    /// Facilities that lie outside the frame, and the area that shows them.
    pub outside: Option<(usize, Area)>,
    /// Facilities of unknown position: they are only in the list.
    pub unplaced: usize,
}

/// Something on the map that leads somewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// From the left and from the top, as shares of the side of the map.
    pub at: (f64, f64),
    /// The best light of the offers that match; `None` where none has one.
    pub light: Option<Light>,
    pub kind: MarkKind,
}

/// One facility, or several that would overlap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    Place {
        slug: Slug,
        name: String,
    },
    Cluster {
        count: usize,
        area: Area,
        /// No zoom takes them apart: one house, or nearly.
        one_spot: bool,
    },
}

/// For which width a map is drawn. Marks and names keep their size on the screen, so what overlaps
/// depends on how wide the map is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// From 320 pixels; marks are as far apart as fingers need.
    Narrow,
    /// From 480 pixels.
    Wide,
}

impl Scale {
    /// The least width of the map in CSS pixels.
    pub fn width(self) -> f64 {
        match self {
            Self::Narrow => 320.0,
            Self::Wide => 480.0,
        }
    }

    /// The least distance between two marks, as a share of the width.
    pub fn distance(self) -> f64 {
        let pixels = match self {
            Self::Narrow => 44.0,
            Self::Wide => 38.0,
        };
        pixels / self.width()
    }
}
