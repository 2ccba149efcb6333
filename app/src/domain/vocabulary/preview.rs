//! What the search makes of words: now, and with a change that nobody has saved.

/// What a word finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Facilities.
    pub total: usize,
    /// The names of the first ones.
    pub first: Vec<String>,
}

impl Findings {
    /// How many are named.
    pub const NAMED: usize = 5;
}

/// A word now and with the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    pub word: String,
    pub now: Findings,
    pub then: Findings,
}

/// What the search understands under a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub word: String,
    /// Names of care types, specialisms and what else it is known as; empty: no list knows it.
    pub means: Vec<String>,
    pub found: Findings,
}
