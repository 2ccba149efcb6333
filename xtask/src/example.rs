//! The county that the commands show: the real one where its data is at hand, else the invented one.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::steps::succeed;
use crate::workspace::Workspace;

/// What is loaded into an empty store.
pub struct Example {
    pub name: &'static str,
    records: PathBuf,
    mapping: PathBuf,
    gazetteer: Option<PathBuf>,
}

impl Example {
    /// The real county from the shared data, else the invented one.
    pub fn find(workspace: &Workspace) -> Result<Self> {
        match workspace.shared_data() {
            Some(data) if data.join("lup/einrichtungen.csv").is_file() => Ok(Self {
                name: "Landkreis Ludwigslust-Parchim, 2015",
                records: data.join("lup/einrichtungen.csv"),
                mapping: workspace.root.join("server/mappings/lup.toml"),
                gazetteer: Some(data.join("gazetteer/de_places.csv")).filter(|file| file.is_file()),
            }),
            _ => Self::invented(workspace),
        }
    }

    /// The invented county of the tests, which is in the repository.
    pub fn invented(workspace: &Workspace) -> Result<Self> {
        let folder = workspace.root.join("end2end/county");
        let (records, mapping) = (folder.join("county.csv"), folder.join("county.toml"));
        if !records.is_file() || !mapping.is_file() {
            bail!("the invented county is missing in {}", folder.display());
        }
        let gazetteer = Some(folder.join("places.csv")).filter(|file| file.is_file());
        Ok(Self { name: "an invented county", records, mapping, gazetteer })
    }

    /// Everything that decides what ends up in the store.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.records, &self.mapping].into_iter().chain(&self.gazetteer)
    }

    /// Loads it with the program that `kreislotse` makes commands of.
    pub fn load(&self, kreislotse: impl Fn() -> Command) -> Result<()> {
        if let Some(gazetteer) = &self.gazetteer {
            succeed(kreislotse().arg("places").arg(gazetteer))?;
        }
        succeed(kreislotse().arg("import").arg(&self.records).arg("--mapping").arg(&self.mapping))
    }
}
