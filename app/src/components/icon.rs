//! Our own line icons and the shapes of the light, inline so that they take the text's colour.

use leptos::prelude::*;

use crate::domain::{capacity::Light, care_type::CareGroup};

/// A line icon. Decorative: the text beside it says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Search,
    Pin,
    Phone,
    Mail,
    Web,
    Way,
    Clock,
    Filter,
    Close,
    Keep,
    Up,
    Down,
    Arrow,
    North,
    South,
    West,
    Plus,
    Minus,
    /// All of the map.
    Whole,
    List,
    Map,
    Group(CareGroup),
}

impl Icon {
    /// The strokes, on a grid of 24.
    fn path(self) -> &'static str {
        match self {
            Self::Search => "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.5 15.5 20 20",
            Self::Pin => {
                "M12 21s7-6.2 7-11a7 7 0 1 0-14 0c0 4.800 7 11 7 11M12 7.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5"
            }
            Self::Phone => {
                "M6.500 3.500h3l1.500 4.500-2 1.500a11 11 0 0 0 5.500 5.500l1.500-2 4.500 1.500v3a2 2 0 0 1-2.200 2A17 17 0 0 1 4.500 5.700a2 2 0 0 1 2-2.200"
            }
            Self::Mail => "M3.500 6h17v12h-17zM3.500 6.500 12 13l8.500-6.500",
            Self::Web => {
                "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17M3.500 12h17M12 3.500c3 2.500 3.500 5.500 3.500 8.500s-.5 6-3.500 8.500c-3-2.500-3.500-5.500-3.500-8.500s.5-6 3.500-8.500"
            }
            Self::Way => "M12 3 21 12 12 21 3 12zM9.500 14.500v-3h5M12.500 9.500l2 2-2 2",
            Self::Clock => "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17M12 7.500V12l3 2",
            Self::Filter => "M4 7h10M18 7h2M16 5v4M4 12h2M10 12h10M8 10v4M4 17h10M18 17h2M16 15v4",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Keep => "M6.500 4h11v16L12 16l-5.500 4z",
            Self::Up | Self::North => "M12 19V5M6 11l6-6 6 6",
            Self::Down | Self::South => "M12 5v14M6 13l6 6 6-6",
            Self::Arrow => "M5 12h14M13 6l6 6-6 6",
            Self::West => "M19 12H5M11 6l-6 6 6 6",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Whole => "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
            Self::List => "M9 6h11M9 12h11M9 18h11M4.500 6v.1M4.500 12v.1M4.500 18v.1",
            Self::Map => {
                "M3.500 6.500 9 4l6 2.500L20.500 4v13.500L15 20l-6-2.500L3.500 20zM9 4v13.500M15 6.500V20"
            }
            Self::Group(CareGroup::Residential) => {
                "M3 19V8M3 15h18v4M21 15v-2a3 3 0 0 0-3-3h-7v5M7 9.500a2 2 0 1 1 0 4 2 2 0 0 1 0-4"
            }
            Self::Group(CareGroup::AtHome) => {
                "M3.500 11.500 12 4l8.500 7.500M6 9.500V20h12V9.500M12 17s-3.200-2-3.200-4.100a1.700 1.700 0 0 1 3.200-.8 1.700 1.700 0 0 1 3.200.8C15.200 15 12 17 12 17"
            }
            Self::Group(CareGroup::Housing) => {
                "M5 20V4h9v16M14 9h5v11M3 20h18M8 8h3M8 12h3M8 16h3M16.500 13v.1M16.500 16.500v.1"
            }
            Self::Group(CareGroup::Hospice) => {
                "M12 20c-5 0-8-2.500-8-6 3 0 5 .8 6 2.500C9 13 9.500 9 12 5c2.500 4 3 8 2 11.500C15 14.800 17 14 20 14c0 3.500-3 6-8 6"
            }
            Self::Group(CareGroup::Advice) => "M4 5h12v8H9l-3.500 3v-3H4zM16 9h4v8h-1.500v3L15 17h-4v-2",
            Self::Group(CareGroup::Medicine) => {
                "M6 4v5a4 4 0 0 0 8 0V4M4.500 4H7M13 4h2.500M10 13v2.500a4.500 4.500 0 0 0 9 0V13M19 9.500a1.700 1.700 0 1 1 0 3.400 1.700 1.700 0 0 1 0-3.400"
            }
            Self::Group(CareGroup::Prevention) => {
                "M13 3.500a1.800 1.800 0 1 1 0 3.600 1.800 1.800 0 0 1 0-3.600M6 12l3-3 4 1 2 3 3.500 1M12.500 10.500 11 15l3 2.500V21M11 15l-1.500 3L6 19.500"
            }
        }
    }
}

/// Draws a line icon.
#[component]
pub fn Drawn(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
            <path d=icon.path() />
        </svg>
    }
}

/// The outline of a light's shape, on a grid of 20: ring, square, circle with tick, triangle.
pub fn shape_path(light: Light) -> &'static str {
    match light {
        Light::Unknown => {
            "M10 2.500a7.500 7.500 0 1 1 0 15 7.500 7.500 0 0 1 0-15m0 2.500a5 5 0 1 0 0 10 5 5 0 0 0 0-10"
        }
        Light::Full => "M3 3h14v14H3z",
        Light::WaitingList => "M10 2 19 17.500H1z",
        Light::Free => {
            "M10 1a9 9 0 1 1 0 18 9 9 0 0 1 0-18m4.300 4.600-5.600 6.200-3-2.900-1.500 1.600 4.600 4.400 7.100-7.800z"
        }
    }
}

/// The shape of a light. Readable without colour.
#[component]
pub fn Shape(light: Light) -> impl IntoView {
    view! {
        <svg class="shape" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
            <path fill-rule="evenodd" d=shape_path(light) />
        </svg>
    }
}
