//! Skips a step whose inputs are what they were when it last succeeded.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Collects what a step depends on.
#[derive(Default)]
pub struct Inputs(Sha256);

impl Inputs {
    pub fn bytes(mut self, name: &str, content: &[u8]) -> Self {
        self.0.update(name.as_bytes());
        self.0.update([0]);
        self.0.update((content.len() as u64).to_le_bytes());
        self.0.update(content);
        self
    }

    /// One file; a missing one counts as empty.
    pub fn file(self, path: &Path) -> Self {
        let content = std::fs::read(path).unwrap_or_default();
        self.bytes(&path.to_string_lossy(), &content)
    }

    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// The last successful inputs of one step.
pub struct Stamp {
    path: PathBuf,
    inputs: String,
}

impl Stamp {
    pub fn new(folder: &Path, step: &str, inputs: Inputs) -> Self {
        Self { path: folder.join(format!("{step}.stamp")), inputs: inputs.finish() }
    }

    pub fn is_fresh(&self) -> bool {
        std::fs::read_to_string(&self.path).is_ok_and(|seen| seen == self.inputs)
    }

    pub fn save(&self) -> Result<()> {
        std::fs::write(&self.path, &self.inputs)
            .with_context(|| format!("cannot write {}", self.path.display()))
    }
}

/// The SHA-256 of a content as lower-case hexadecimal digits.
pub fn digest(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_that_of_the_standard() {
        assert_eq!(digest(b"abc")[..16], *"ba7816bf8f01cfea");
    }

    #[test]
    fn moving_a_byte_from_one_input_to_the_next_changes_the_stamp() {
        let left = Inputs::default().bytes("a", b"xy").bytes("b", b"z").finish();
        let right = Inputs::default().bytes("a", b"x").bytes("b", b"yz").finish();
        assert_ne!(left, right);
    }
}
