//! Everything that is shipped as WebAssembly.

mod filter_count;

pub use filter_count::FilterCount;
