//! What must be on the machine, and how it gets there.

use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::steps::{capture, succeed};
use crate::workspace::Workspace;

/// The oldest Node that the npm packages work with.
const NODE_MAJOR: u32 = 20;
const CHROMIUM_NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Whether we may install packages and change user.
pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// Finds a program in `PATH`.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The browser for the tests; `KREISLOTSE_CHROMIUM` overrides.
pub fn find_chromium() -> Option<PathBuf> {
    match std::env::var_os("KREISLOTSE_CHROMIUM") {
        Some(path) => Some(path.into()),
        None => CHROMIUM_NAMES.into_iter().find_map(find_program),
    }
}

/// The folder with `initdb` and `postgres`, the newest where there are several.
pub fn find_postgres() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .max();
    match newest {
        Some((_, folder)) => Some(folder),
        None => find_program("initdb")?.parent().map(PathBuf::from),
    }
}

/// Node and npm, which we cannot bring ourselves.
pub fn require_node() -> Result<()> {
    let version = capture(Command::new("node").arg("--version")).context("Node 20 or newer is needed")?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|text| text.parse().ok());
    if major.is_none_or(|major: u32| major < NODE_MAJOR) {
        bail!("Node {NODE_MAJOR} or newer is needed, this is {}", version.trim());
    }
    if find_program("npm").is_none() {
        bail!("npm is needed beside Node");
    }
    Ok(())
}

/// The WebAssembly target of the toolchain that builds us.
pub fn require_wasm_target(workspace: &Workspace) -> Result<()> {
    let libraries = capture(Command::new("rustc").current_dir(&workspace.root).args([
        "--print",
        "target-libdir",
        "--target",
        "wasm32-unknown-unknown",
    ]))?;
    if PathBuf::from(libraries.trim()).is_dir() {
        return Ok(());
    }
    succeed(Command::new("rustup").current_dir(&workspace.root).args([
        "target",
        "add",
        "wasm32-unknown-unknown",
    ]))
    .context("the WebAssembly target is missing; type: rustup target add wasm32-unknown-unknown")
}

/// `cargo fmt` and `cargo clippy`, which a minimal toolchain lacks.
pub fn require_rust_components(workspace: &Workspace) -> Result<()> {
    let missing: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(command, _)| capture(workspace.cargo().args([command, "--version"])).is_err())
        .map(|(_, component)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!("rustup component add {}", missing.join(" "));
    println!("  {line}");
    succeed(Command::new("rustup").current_dir(&workspace.root).args(["component", "add"]).args(&missing))
        .with_context(|| format!("type: {line}"))
}

/// What the tests need from Debian: installed when we may, named when we may not.
pub fn require_test_packages() -> Result<()> {
    let wanted = [("chromium", find_chromium().is_some()), ("postgresql", find_postgres().is_some())];
    let missing: Vec<&str> = wanted.into_iter().filter(|(_, found)| !found).map(|(name, _)| name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    if !is_root() || find_program("apt-get").is_none() {
        bail!("missing: {names}; type: sudo apt-get update && sudo apt-get install -y {names}");
    }
    let apt = |arguments: &[&str]| {
        println!("  apt-get {}", arguments.join(" "));
        succeed(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").arg("-q").args(arguments))
    };
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], missing.as_slice()].concat())
}
