//! The invented county of the browser tests, which is in the repository. What `run` shows is the
//! example county inside the program.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::steps::succeed;
use crate::workspace::Workspace;

/// What the browser tests load into an empty store, and how their portal is configured.
pub struct Example {
    records: PathBuf,
    mapping: PathBuf,
    pub config: PathBuf,
}

impl Example {
    pub fn find(workspace: &Workspace) -> Result<Self> {
        let folder = workspace.root.join("end2end/county");
        let [records, mapping, config] =
            ["county.csv", "county.toml", "portal.toml"].map(|name| folder.join(name));
        if let Some(missing) = [&records, &mapping, &config].into_iter().find(|file| !file.is_file()) {
            bail!("the invented county is incomplete: {} is missing", missing.display());
        }
        Ok(Self { records, mapping, config })
    }

    /// Loads it with the program that `kreislotse` makes commands of.
    pub fn load(&self, kreislotse: impl Fn() -> Command) -> Result<()> {
        succeed(kreislotse().arg("import").arg(&self.records).arg("--mapping").arg(&self.mapping))
    }
}
