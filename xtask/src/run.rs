//! `cargo xtask run`: the portal with the example county, from nothing.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::assets;
use crate::service::{Service, is_ready};
use crate::steps::{step, succeed};
use crate::system;
use crate::workspace::Workspace;

const LISTEN: &str = "127.0.0.1:3000";

/// The program to install: optimised, with all assets inside.
pub fn build_release(workspace: &Workspace) -> Result<()> {
    compile(workspace, &["--release"])?;
    println!("  {}", workspace.target.join("release/kreislotse").display());
    Ok(())
}

fn compile(workspace: &Workspace, profile: &[&str]) -> Result<()> {
    step("program: compile", || {
        let program = ["build", "--package", "server", "--bin", "kreislotse"];
        succeed(workspace.cargo().args(program).args(profile))
    })
}

/// Builds and serves until interrupted; the program brings its example county along.
pub fn run(workspace: &Workspace) -> Result<()> {
    let start = Instant::now();
    system::require_node()?;
    assets::build(workspace)?;
    // The development build: there within minutes, and the tests use the same.
    compile(workspace, &[])?;

    let data = folder("KREISLOTSE_DATA_DIR").unwrap_or_else(|| workspace.target.join("run/example"));
    let listen = std::env::var("KREISLOTSE_LISTEN").unwrap_or_else(|_| LISTEN.to_owned());
    let mut serve = Command::new(program(workspace));
    serve
        .arg("serve")
        .args(is_for_example(&data)?.then_some("--demo"))
        .current_dir(&workspace.root)
        .env("KREISLOTSE_DATA_DIR", &data)
        .env("KREISLOTSE_LISTEN", &listen);
    let mut service = Service::start("TERM", &serve)?;
    let address: Option<SocketAddr> = listen.parse().ok();
    service
        .wait_until(Duration::from_mins(2), || address.is_none_or(is_ready))
        .context("kreislotse serve")?;
    println!("\nready after {} s: http://{listen}/   (Ctrl+C ends it)\n", start.elapsed().as_secs());
    service.wait()
}

/// Whether the folder shows the example county: it was empty when `run` first came, and remembers it.
/// What somebody imported is theirs.
fn is_for_example(data: &Path) -> Result<bool> {
    let mark = data.join(".example");
    if mark.exists() {
        return Ok(true);
    }
    if std::env::var_os("KREISLOTSE_DATABASE_URL").is_some() || data.join("kreislotse.db").exists() {
        return Ok(false);
    }
    std::fs::create_dir_all(data)
        .and_then(|()| std::fs::write(&mark, "cargo xtask run\n"))
        .with_context(|| format!("cannot write into {}", data.display()))?;
    Ok(true)
}

fn program(workspace: &Workspace) -> PathBuf {
    workspace.target.join("debug/kreislotse")
}

fn folder(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).and_then(|folder| std::path::absolute(folder).ok())
}
