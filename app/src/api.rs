//! Server functions, one file per noun. Only what an island asks for is one; pages call the backend.

pub mod search;
