//! The program embeds `target/site`; its file names change with their contents, so the program must
//! be compiled again when the manifest changes.

use std::path::Path;

fn main() {
    let manifest = Path::new("../target/site/manifest.json");
    // Without the file cargo would run this program every time. An empty manifest stands in until
    // `cargo xtask` has built the assets.
    if !manifest.exists() {
        let written = std::fs::create_dir_all("../target/site").and_then(|()| std::fs::write(manifest, "{}"));
        if let Err(error) = written {
            println!("cargo::warning=cannot write {}: {error}", manifest.display());
        }
    }
    println!("cargo::rerun-if-changed={}", manifest.display());
    // `sqlx::migrate!` does not notice a new file.
    println!("cargo::rerun-if-changed=../migrations");
    println!("cargo::rerun-if-changed=build.rs");
}
