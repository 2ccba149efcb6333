//! Formatting and lints.

use anyhow::Result;

use crate::steps::{step, succeed};
use crate::workspace::Workspace;
use crate::{licences, system, wasm};

/// Everything that can be said without running the program.
pub fn run(workspace: &Workspace) -> Result<()> {
    for (name, check) in CHECKS {
        step(name, || check(workspace))?;
    }
    Ok(())
}

/// A named check.
pub type Check = (&'static str, fn(&Workspace) -> Result<()>);

/// All checks, the quickest first.
pub const CHECKS: [Check; 5] = [
    ("formatting", formatting),
    ("licences", licences::check),
    ("lints: xtask", |workspace| lint(workspace, &["--package", "xtask", "--all-targets"])),
    ("lints: server", |workspace| {
        lint(workspace, &["--package", "app", "--package", "server", "--all-targets"])
    }),
    ("lints: browser", |workspace| {
        system::require_wasm_target(workspace)?;
        lint(workspace, &[&["--package", "app", "--lib"], wasm::TARGET.as_slice()].concat())
    }),
];

fn formatting(workspace: &Workspace) -> Result<()> {
    system::require_rust_components(workspace)?;
    succeed(workspace.cargo().args(["fmt", "--all", "--check"]))
}

fn lint(workspace: &Workspace, what: &[&str]) -> Result<()> {
    succeed(workspace.cargo().arg("clippy").args(what).args(["--", "--deny", "warnings"]))
}
