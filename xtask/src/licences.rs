//! Every dependency has a licence that fits the EUPL-1.2 and comes from crates.io.

mod expression;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::steps::{capture, succeed};
use crate::system::find_program;
use crate::workspace::Workspace;

/// Where crates may come from, as cargo writes it.
const SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Asks cargo for all packages; `cargo deny` and `cargo machete` say more where they are installed.
pub fn check(workspace: &Workspace) -> Result<()> {
    let text =
        capture(workspace.cargo().args(["metadata", "--format-version", "1", "--locked", "--all-features"]))?;
    let metadata: Value = serde_json::from_str(&text)?;
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut complaints = Vec::new();
    let mut count = 0;
    for package in packages {
        let field = |name: &str| package[name].as_str().unwrap_or_default();
        let Some(source) = package["source"].as_str() else { continue };
        count += 1;
        if source != SOURCE {
            complaints.push(format!("{} comes from {source}", field("name")));
        }
        if !expression::allows(field("license")) {
            complaints.push(format!("{} {}: {:?}", field("name"), field("version"), field("license")));
        }
    }
    if !complaints.is_empty() {
        bail!("licences or sources to look at (deny.toml, xtask/src/licences):\n{}", complaints.join("\n"));
    }
    println!("  {count} packages");
    optional(workspace, "deny", &["check", "licenses", "bans", "sources"])?;
    optional(workspace, "machete", &[])
}

fn optional(workspace: &Workspace, tool: &str, arguments: &[&str]) -> Result<()> {
    if find_program(&format!("cargo-{tool}")).is_none() {
        println!("  skipped: cargo {tool} is not installed");
        return Ok(());
    }
    succeed(workspace.cargo().arg(tool).args(arguments))
}
