//! Everything that is shipped as WebAssembly.

mod filter_count;
mod suggestions;

pub use filter_count::FilterCount;
pub use suggestions::Suggestions;
