//! `cargo xtask test`: everything that must hold before a change lands.

use std::time::Instant;

use anyhow::{Result, bail};

use crate::postgres::Postgres;
use crate::steps::step;
use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{assets, browser, check, system};

/// Runs all steps, also after a failed one, and ends with one line that says how many tests passed.
pub fn run(workspace: &Workspace) -> Result<()> {
    let start = Instant::now();
    system::require_node()?;
    step("packages of Debian", system::require_test_packages)?;

    let mut report = Report::default();
    for (name, check) in check::CHECKS {
        report.note(step(name, || check(workspace)));
    }
    // The program carries the assets inside: they come before anything that is built with it.
    let built = assets::build(workspace);
    let has_assets = built.is_ok();
    report.note(built);
    let outcome = step("tests of xtask", || {
        report.tally.of_cargo(workspace.cargo().args(["test", "--package", "xtask", "--no-fail-fast"]))
    });
    report.note(outcome);
    let outcome = step("tests on SQLite and PostgreSQL", || program_tests(workspace, &mut report.tally));
    report.note(outcome);
    if has_assets {
        let outcome = step("tests in Chromium", || browser::run(workspace, &[], &mut report.tally));
        report.note(outcome);
    }
    if workspace.shared_data().is_none() {
        println!(
            "skipped: tests with the real county, {} does not exist",
            workspace.shared.join("data").display()
        );
    }
    report.finish(start)
}

fn program_tests(workspace: &Workspace, tally: &mut Tally) -> Result<()> {
    let postgres = step("start PostgreSQL", || Postgres::start(workspace))?;
    tally.of_cargo(
        workspace
            .cargo()
            .args(["test", "--package", "app", "--package", "server", "--no-fail-fast"])
            .env("KREISLOTSE_TEST_POSTGRES", postgres.url())
            // A changed snapshot is a failure here, not a file to look at.
            .env("INSTA_UPDATE", "no"),
    )
}

/// What has gone wrong so far.
#[derive(Default)]
struct Report {
    tally: Tally,
    errors: Vec<String>,
}

impl Report {
    fn note(&mut self, outcome: Result<()>) {
        if let Err(error) = outcome {
            eprintln!("{error:#}");
            self.errors.push(format!("{error:#}"));
        }
    }

    fn finish(self, start: Instant) -> Result<()> {
        // A step that failed without a failing test (formatting, a build) counts as one.
        let failed = self.tally.failed.max(self.errors.len());
        for error in &self.errors {
            println!("failed: {}", error.lines().next().unwrap_or_default());
        }
        let seconds = start.elapsed().as_secs();
        println!("all steps took {} min {} s", seconds / 60, seconds % 60);
        println!("kreislotse: {} passed, {failed} failed", self.tally.passed);
        if failed > 0 {
            bail!("not everything passed");
        }
        Ok(())
    }
}
