//! The islands as WebAssembly: compile, bind, shrink.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::stamp::{Inputs, Stamp};
use crate::steps::{step, succeed};
use crate::system;
use crate::workspace::Workspace;

/// The name of the module's files.
pub const NAME: &str = "kreislotse";

/// What rustc emits and every browser of the last years runs.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The folder with `kreislotse.js`, `kreislotse.wasm` and perhaps `snippets/`.
pub fn build(workspace: &Workspace) -> Result<PathBuf> {
    step("wasm: compile", || {
        system::require_wasm_target(workspace)?;
        succeed(workspace.cargo().args(["build", "--package", "app", "--lib"]).args(TARGET))
    })?;
    let module = workspace.target.join("wasm32-unknown-unknown/wasm-release/app.wasm");
    let bytes = std::fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    let scratch = workspace.scratch()?;
    let folder = scratch.join("wasm");
    let stamp =
        Stamp::new(&scratch, "wasm", Inputs::default().bytes("app.wasm", &bytes).file(&optimiser(workspace)));
    if stamp.is_fresh() && folder.is_dir() {
        return Ok(folder);
    }
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    step("wasm: bind", || bind(&bytes, &folder))?;
    step("wasm: shrink", || shrink(workspace, &folder))?;
    stamp.save()?;
    Ok(folder)
}

/// How `app` is compiled for the browser; clippy uses the same.
pub const TARGET: [&str; 7] = [
    "--target",
    "wasm32-unknown-unknown",
    "--no-default-features",
    "--features",
    "hydrate",
    "--profile",
    "wasm-release",
];

fn bind(module: &[u8], folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_bytes(NAME, module.to_vec())
        .web(true)?
        // The page says where the module is, under its hashed name.
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
}

fn shrink(workspace: &Workspace, folder: &Path) -> Result<()> {
    let bound = folder.join(format!("{NAME}_bg.wasm"));
    let small = folder.join(format!("{NAME}.wasm"));
    succeed(
        workspace
            .node("style")
            .arg(optimiser(workspace))
            .arg("-Oz")
            .args(FEATURES)
            .arg(&bound)
            .arg("-o")
            .arg(&small),
    )?;
    let size = |file: &Path| std::fs::metadata(file).map_or(0, |file| file.len() / 1024);
    println!("  {} kB → {} kB", size(&bound), size(&small));
    std::fs::remove_file(&bound)?;
    Ok(())
}

/// Binaryen from npm. Debian's version 108 makes modules that fail at start.
fn optimiser(workspace: &Workspace) -> PathBuf {
    workspace.root.join("style/node_modules/binaryen/bin/wasm-opt")
}
