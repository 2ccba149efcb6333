//! Names with the content's hash in them, and the references between the files mended to match.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};

use super::Files;
use crate::stamp::digest;

const FOLDER: &str = "/pkg/";
/// How much of the SHA-256 goes into a name: 48 bit.
const DIGITS: usize = 12;

/// A file as it is served.
pub struct Named {
    /// The plain name, for example `kreislotse.css`.
    pub name: String,
    /// The address, for example `/pkg/kreislotse.0123456789ab.css`.
    pub path: String,
    pub content: Vec<u8>,
}

/// Names every file by its content after its references have been replaced: a file comes after all
/// that it refers to. Text files refer to others as `/pkg/<plain name>`.
pub fn resolve(files: Files) -> Result<Vec<Named>> {
    let mut waiting: BTreeMap<String, Content> =
        files.into_iter().map(|(name, content)| (name.clone(), Content::new(&name, content))).collect();
    let mut done: Vec<Named> = Vec::new();
    while !waiting.is_empty() {
        let free: Vec<String> = waiting
            .iter()
            .filter(|(name, file)| !file.refers_to_any(name, waiting.keys()))
            .map(|(name, _)| name.clone())
            .collect();
        if free.is_empty() {
            let names: Vec<&String> = waiting.keys().collect();
            bail!("these files refer to each other in a circle: {names:?}");
        }
        for name in free {
            if let Some(file) = waiting.remove(&name) {
                let content = file.finish(&name, &done)?;
                done.push(Named { path: address(&name, &content), name, content });
            }
        }
    }
    Ok(done)
}

enum Content {
    Text(String),
    Binary(Vec<u8>),
}

impl Content {
    fn new(name: &str, content: Vec<u8>) -> Self {
        let is_text = [".css", ".js", ".webmanifest"].iter().any(|ending| name.ends_with(ending));
        match String::from_utf8(content) {
            // wasm-bindgen's JavaScript names its snippets relative to itself.
            Ok(text) if is_text => Self::Text(text.replace("'./snippets/", "'/pkg/snippets/")),
            Ok(text) => Self::Binary(text.into_bytes()),
            Err(error) => Self::Binary(error.into_bytes()),
        }
    }

    fn refers_to_any<'a>(&self, own_name: &str, mut names: impl Iterator<Item = &'a String>) -> bool {
        match self {
            Self::Text(text) => {
                names.any(|name| name != own_name && text.contains(&format!("{FOLDER}{name}")))
            }
            Self::Binary(_) => false,
        }
    }

    fn finish(self, own_name: &str, done: &[Named]) -> Result<Vec<u8>> {
        let mut text = match self {
            Self::Binary(content) => return Ok(content),
            Self::Text(text) => text,
        };
        for file in done {
            text = text.replace(&format!("{FOLDER}{}", file.name), &file.path);
        }
        if Path::new(own_name).extension().is_some_and(|kind| kind == "css") {
            for rest in text.split(FOLDER).skip(1) {
                let name = rest.split(['"', '\'', ')']).next().unwrap_or_default();
                if !done.iter().any(|file| file.path.strip_prefix(FOLDER) == Some(name)) {
                    bail!("{own_name} refers to {FOLDER}{name}, which does not exist");
                }
            }
        }
        Ok(text.into_bytes())
    }
}

fn address(name: &str, content: &[u8]) -> String {
    let hash = &digest(content)[..DIGITS];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{FOLDER}{stem}.{hash}.{extension}"),
        None => format!("{FOLDER}{name}.{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(contents: &[(&str, &str)]) -> Files {
        contents.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn resolved(contents: &[(&str, &str)]) -> BTreeMap<String, (String, String)> {
        let named = resolve(files(contents)).expect("files without a circle");
        named.into_iter().map(|f| (f.name, (f.path, String::from_utf8(f.content).expect("text")))).collect()
    }

    #[test]
    fn a_reference_gets_the_hashed_name() {
        let site = resolved(&[("a.css", "src:url(/pkg/f.woff2)"), ("f.woff2", "font")]);
        assert_eq!(site["a.css"].1, format!("src:url({})", site["f.woff2"].0));
    }

    #[test]
    fn a_change_far_down_changes_the_name_of_what_refers_to_it() {
        let with = |wasm| {
            resolved(&[("start.js", "import('/pkg/k.js')"), ("k.js", "'/pkg/k.wasm'"), ("k.wasm", wasm)])
        };
        assert_ne!(with("1")["start.js"].0, with("2")["start.js"].0);
    }

    #[test]
    fn a_style_sheet_with_a_missing_file_is_refused() {
        assert!(resolve(files(&[("a.css", "src:url(/pkg/missing.woff2)")])).is_err());
    }

    #[test]
    fn a_circle_is_refused() {
        assert!(resolve(files(&[("a.js", "/pkg/b.js"), ("b.js", "/pkg/a.js")])).is_err());
    }
}
