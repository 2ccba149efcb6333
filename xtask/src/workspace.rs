//! Where things are.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};

/// The folders that the commands work in. All are absolute.
pub struct Workspace {
    /// The root of the repository.
    pub root: PathBuf,
    /// Where cargo puts what it builds (`CARGO_TARGET_DIR` is respected).
    pub target: PathBuf,
    /// The folder with the real data; it may be missing.
    pub shared: PathBuf,
}

impl Workspace {
    /// Finds the workspace that this program was built from.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .ok_or_else(|| anyhow!("xtask is not inside a workspace"))?
            .to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => std::path::absolute(folder)?,
            None => root.join("target"),
        };
        let shared = match std::env::var_os("KREISLOTSE_SHARED") {
            Some(folder) => std::path::absolute(folder)?,
            None => root.parent().unwrap_or(&root).join("shared"),
        };
        Ok(Self { root, target, shared })
    }

    /// What the server carries inside: always in the repository, because `server` embeds it by a
    /// path relative to itself.
    pub fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// Where the commands keep intermediate files.
    pub fn scratch(&self) -> Result<PathBuf> {
        let folder = self.target.join("xtask");
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(folder)
    }

    /// The folder with the real data, where it exists.
    pub fn shared_data(&self) -> Option<PathBuf> {
        let folder = self.shared.join("data");
        folder.is_dir().then_some(folder)
    }

    /// A cargo command in the root of the repository.
    pub fn cargo(&self) -> Command {
        let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("KREISLOTSE_SHARED", &self.shared);
        // `cargo run` describes xtask in the environment. Some build scripts of dependencies watch
        // these variables and would run again each time xtask and a plain cargo take turns.
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }

    /// A node command in a folder of the repository.
    pub fn node(&self, folder: &str) -> Command {
        let mut command = Command::new("node");
        command.current_dir(self.root.join(folder));
        command
    }
}
