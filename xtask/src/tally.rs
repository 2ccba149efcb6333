//! Counts what the test programs say they did.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

impl Tally {
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Reads a line like `test result: ok. 12 passed; 0 failed; …`; any other counts nothing.
    fn read(line: &str) -> Self {
        let Some((_, summary)) = line.split_once("test result: ") else { return Self::default() };
        let number = |word: &str| {
            let (before, _) = summary.split_once(word)?;
            before.split_whitespace().next_back()?.parse().ok()
        };
        Self { passed: number(" passed").unwrap_or(0), failed: number(" failed").unwrap_or(0) }
    }

    /// Runs `cargo test`, shows its output as it comes and counts. A failed build is an error even
    /// though no test failed.
    pub fn of_cargo(&mut self, command: &mut Command) -> Result<()> {
        let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start cargo test")?;
        let mut seen = Self::default();
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).lines() {
                let line = line?;
                println!("{line}");
                seen.add(Self::read(&line));
            }
        }
        let status = child.wait()?;
        self.add(seen);
        if !status.success() {
            if seen.failed == 0 {
                self.failed += 1;
            }
            bail!("cargo test ended with {status}");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_line_is_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(Tally::read(line), Tally { passed: 12, failed: 3 });
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(Tally::read("test rules::the_light ... ok"), Tally::default());
    }
}
