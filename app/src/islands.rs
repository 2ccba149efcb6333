//! Everything that is shipped as WebAssembly.

mod filter_count;
mod live_results;
mod map_motion;
mod near_me;
mod share_tools;
mod shortlist;
mod suggestions;
#[cfg(feature = "hydrate")]
mod swap;

pub use filter_count::FilterCount;
pub use live_results::LiveResults;
pub use map_motion::MapMotion;
pub use near_me::NearMe;
pub use share_tools::ShareTools;
pub use shortlist::{ShortlistKeeper, ShortlistNote};
pub use suggestions::Suggestions;
