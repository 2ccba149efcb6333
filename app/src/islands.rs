//! Everything that is shipped as WebAssembly.

mod filter_count;
mod map_motion;
mod shortlist;
mod suggestions;
#[cfg(feature = "hydrate")]
mod swap;

pub use filter_count::FilterCount;
pub use map_motion::MapMotion;
pub use shortlist::{ShortlistKeeper, ShortlistNote};
pub use suggestions::Suggestions;
