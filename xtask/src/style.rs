//! The style sheet and the fonts, from npm packages with a lockfile.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::stamp::{Inputs, Stamp};
use crate::steps::{capture, step, succeed};
use crate::system;
use crate::workspace::Workspace;

const FONT_PREFIX: &str = "fira-sans-";

/// Installs what the lockfile of a folder names, unless that has been done.
pub fn install_packages(workspace: &Workspace, folder: &str) -> Result<()> {
    let place = workspace.root.join(folder);
    let modules = place.join("node_modules");
    let inputs = Inputs::default().file(&place.join("package-lock.json"));
    let stamp = Stamp::new(&modules, ".kreislotse", inputs);
    if stamp.is_fresh() {
        return Ok(());
    }
    step(&format!("npm packages of {folder}/"), || {
        system::require_node()?;
        succeed(
            Command::new("npm")
                .current_dir(&place)
                .args([
                    "ci",
                    "--no-audit",
                    "--no-fund",
                    "--loglevel=error",
                    "--ignore-scripts",
                    "--omit=optional",
                ])
                // The tests use the browser of the distribution.
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        )?;
        stamp.save()
    })
}

/// Compiles `style/main.scss`.
pub fn compile(workspace: &Workspace) -> Result<String> {
    step("style: compile", || {
        capture(workspace.node("style").args([
            "node_modules/sass/sass.js",
            "--style=compressed",
            "--no-source-map",
            "--quiet-deps",
            "--load-path=node_modules",
            "main.scss",
        ]))
    })
}

/// The cuts of Fira Sans that the style sheet asks for as `/pkg/fira-sans-<weight>.woff2`, by name.
pub fn fonts(workspace: &Workspace, css: &str) -> Result<BTreeMap<String, Vec<u8>>> {
    let files = workspace.root.join("style/node_modules/@fontsource/fira-sans/files");
    let mut fonts = BTreeMap::new();
    for weight in font_weights(css) {
        let file = files.join(format!("fira-sans-latin-{weight}-normal.woff2"));
        fonts.insert(format!("{FONT_PREFIX}{weight}.woff2"), read(&file)?);
    }
    Ok(fonts)
}

fn font_weights(css: &str) -> impl Iterator<Item = &str> {
    css.split(FONT_PREFIX)
        .skip(1)
        .filter_map(|rest| rest.split_once(".woff2"))
        .map(|(weight, _)| weight)
        .filter(|weight| weight.len() == 3 && weight.bytes().all(|byte| byte.is_ascii_digit()))
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_cuts_that_the_style_sheet_names_are_shipped() {
        let css = "@font-face{src:url(/pkg/fira-sans-400.woff2)}@font-face{src:url('/pkg/fira-sans-600.woff2')}.fira-sans-x{}";
        assert_eq!(font_weights(css).collect::<Vec<_>>(), ["400", "600"]);
    }
}
