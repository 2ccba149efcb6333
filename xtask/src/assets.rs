//! `target/site`: everything the browser gets, under names that change with the content, compressed
//! beforehand, with `manifest.json` from the plain names to the hashed ones.

mod compress;
mod references;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};

use crate::stamp::{Inputs, Stamp};
use crate::steps::step;
use crate::workspace::Workspace;
use crate::{style, wasm};

/// Plain names with their contents.
type Files = BTreeMap<String, Vec<u8>>;

/// Builds all assets; what has not changed is left alone.
pub fn build(workspace: &Workspace) -> Result<()> {
    // Two commands at once would take each other's files away. The lock ends with this function.
    let lock = File::create(workspace.scratch()?.join("assets.lock"))?;
    lock.lock()?;
    style::install_packages(workspace, "style")?;
    let module = wasm::build(workspace)?;
    let css = style::compile(workspace)?;
    let mut files = style::fonts(workspace, &css)?;
    files.insert(format!("{}.css", wasm::NAME), css.into_bytes());
    collect(&workspace.root.join("public"), "", &mut files)?;
    collect(&module, "", &mut files)?;

    let mut inputs = Inputs::default().bytes("version", env!("CARGO_PKG_VERSION").as_bytes());
    for (name, content) in &files {
        inputs = inputs.bytes(name, content);
    }
    let site = workspace.site();
    let stamp =
        Stamp::new(&workspace.scratch()?, "site", inputs.bytes("site", site.to_string_lossy().as_bytes()));
    // A clean-up of one folder must not leave the other's stamp believed.
    if stamp.is_fresh() && std::fs::read(site.join("manifest.json")).is_ok_and(|manifest| manifest.len() > 2)
    {
        return Ok(());
    }
    step("assets: name and compress", || write(&site, files))?;
    stamp.save()
}

/// Adds the files of a folder and of the folders in it.
fn collect(folder: &Path, prefix: &str, files: &mut Files) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else if !name.starts_with('.') {
            let content = std::fs::read(entry.path()).with_context(|| format!("cannot read {name}"))?;
            files.insert(name, content);
        }
    }
    Ok(())
}

fn write(site: &Path, files: Files) -> Result<()> {
    if site.exists() {
        std::fs::remove_dir_all(site)?;
    }
    let mut manifest = BTreeMap::new();
    let mut wire = 0;
    for file in references::resolve(files)? {
        let path = site.join(file.path.trim_start_matches('/'));
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, &file.content)?;
        wire += compress::beside(&path, &file.content)?;
        manifest.insert(file.name, file.path);
    }
    println!("  {} files, {} kB on the wire", manifest.len(), wire / 1024);
    // Last: the server is rebuilt when this file changes.
    std::fs::write(site.join("manifest.json"), serde_json::to_string_pretty(&manifest)?)?;
    Ok(())
}
