//! What an index on disk says of itself, and what happens to one that cannot be used.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use app::domain::care_type::Taxonomy;
use serde::{Deserialize, Serialize};
use tantivy::{Index, directory::MmapDirectory, schema::Schema};

use super::{IndexError, compound::Splitter, schema};

/// Stored with every commit.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct State {
    /// Version of schema and word lists.
    pub fingerprint: String,
    /// Sequence of the last change contained.
    pub up_to: i64,
}

impl State {
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Names everything that documents are made by: their schema, how words are split, specialisms, and which
/// offers are hidden, because a document names its offer by its position among those that are shown.
pub(super) fn fingerprint(splitter: &Splitter, taxonomy: &Taxonomy) -> String {
    let mut shown: Vec<&str> = taxonomy.all().iter().filter(|t| !t.hidden).map(|t| t.slug.as_str()).collect();
    shown.sort_unstable();
    let mut hasher = DefaultHasher::new();
    // Documents hold the names of specialisms, and hidden ones are in none.
    let specialisms = taxonomy.specialisms().iter().map(|own| (&own.slug, &own.name, own.hidden));
    (splitter.fingerprint(), shown, specialisms.collect::<Vec<_>>()).hash(&mut hasher);
    format!("{}-{:016x}", schema::VERSION, hasher.finish())
}

/// Opens a usable index, or moves aside what is there and creates an empty one.
pub(super) fn open_or_create(
    directory: Option<&Path>,
    schema: &Schema,
    fingerprint: &str,
) -> Result<(Index, Option<i64>, Option<PathBuf>), IndexError> {
    let Some(directory) = directory else {
        return Ok((Index::create_in_ram(schema.clone()), None, None));
    };
    let existed = directory.exists() && fs::read_dir(directory)?.next().is_some();
    if existed && let Some((index, up_to)) = open_usable(directory, fingerprint) {
        return Ok((index, Some(up_to), None));
    }
    let moved_aside = if existed { Some(move_aside(directory)?) } else { None };
    fs::create_dir_all(directory)?;
    let index = Index::create_in_dir(directory, schema.clone())?;
    Ok((index, None, moved_aside))
}

fn open_usable(directory: &Path, fingerprint: &str) -> Option<(Index, i64)> {
    let index = Index::open(MmapDirectory::open(directory).ok()?).ok()?;
    let payload = index.load_metas().ok()?.payload?;
    let state: State = serde_json::from_str(&payload).ok()?;
    // Damaged files show only when they are read.
    let sound = index.validate_checksum().is_ok_and(|damaged| damaged.is_empty());
    (state.fingerprint == fingerprint && sound).then_some((index, state.up_to))
}

/// Keeps the unusable index for inspection; an earlier one of the kind is given up.
fn move_aside(directory: &Path) -> Result<PathBuf, IndexError> {
    let mut name = directory.file_name().unwrap_or_default().to_os_string();
    name.push(".aside");
    let aside = directory.with_file_name(name);
    if aside.exists() {
        fs::remove_dir_all(&aside)?;
    }
    fs::rename(directory, &aside)?;
    Ok(aside)
}
