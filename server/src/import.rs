//! Reading foreign files: bytes and a mapping become a plan of what the store should hold.
//!
//! Nothing here does I/O. `service::import` applies a plan in one transaction.

pub mod decode;
pub mod error;
pub mod field;
pub mod mapping;
pub mod table;
