//! `cargo xtask run`: the portal with example data, from nothing.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::assets;
use crate::example::Example;
use crate::service::{Service, is_ready};
use crate::stamp::{Inputs, Stamp};
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

/// Builds, loads the example data once, serves until interrupted.
pub fn run(workspace: &Workspace) -> Result<()> {
    let start = Instant::now();
    system::require_node()?;
    assets::build(workspace)?;
    // The development build: there within minutes, and the tests use the same.
    compile(workspace, &[])?;

    let data = folder("KREISLOTSE_DATA_DIR").unwrap_or_else(|| workspace.target.join("run/data"));
    let listen = std::env::var("KREISLOTSE_LISTEN").unwrap_or_else(|_| LISTEN.to_owned());
    load_example(workspace, &data)?;

    let mut serve = Command::new(program(workspace));
    serve
        .arg("serve")
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

/// Imports into an empty data folder. What somebody has added since stays.
fn load_example(workspace: &Workspace, data: &Path) -> Result<()> {
    std::fs::create_dir_all(data).with_context(|| format!("cannot create {}", data.display()))?;
    let example = Example::find(workspace)?;
    let mut inputs = Inputs::default();
    for file in example.files() {
        inputs = inputs.file(file);
    }
    let stamp = Stamp::new(data, ".example", inputs);
    if stamp.is_fresh() {
        return Ok(());
    }
    step(&format!("example data: {}", example.name), || {
        example.load(|| {
            let mut command = Command::new(program(workspace));
            // An import leaves its rejected rows where it is called: beside the data.
            command.current_dir(data).env("KREISLOTSE_DATA_DIR", data);
            if std::env::var_os("KREISLOTSE_CONFIG").is_none() {
                command.env("KREISLOTSE_CONFIG", workspace.root.join("portal.toml"));
            }
            command
        })?;
        stamp.save()
    })
}

fn program(workspace: &Workspace) -> PathBuf {
    workspace.target.join("debug/kreislotse")
}

fn folder(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).and_then(|folder| std::path::absolute(folder).ok())
}
