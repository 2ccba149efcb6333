//! `kreislotse places`: a new gazetteer in the place of the old one.

use std::{fmt, path::Path};

use super::import::{ImportError, in_file, read};
use crate::{import::gazetteer, store::Store};

/// What reading a gazetteer brought, as the command prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacesReport {
    pub places: usize,
    /// Postcodes of firms and authorities, left out.
    pub receivers: usize,
    /// Lines that cannot be read.
    pub unreadable: Vec<usize>,
}

/// Replaces the gazetteer.
///
/// # Errors
/// Whatever the error, the gazetteer is as it was.
pub async fn run(store: &Store, file: &Path) -> Result<PlacesReport, ImportError> {
    let gazetteer = gazetteer::read(&read(file)?).map_err(in_file(file))?;
    let mut tx = store.begin_alone().await?;
    tx.replace_gazetteer(&gazetteer.places).await?;
    tx.commit().await?;
    Ok(PlacesReport {
        places: gazetteer.places.len(),
        receivers: gazetteer.receivers,
        unreadable: gazetteer.unreadable.iter().map(|remark| remark.line).collect(),
    })
}

impl fmt::Display for PlacesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.unreadable {
            writeln!(f, "Übergangen, Zeile {line}: ohne gültige Postleitzahl, Ort oder Koordinaten.")?;
        }
        write!(
            f,
            "{} Orte eingelesen, {} Großempfänger ausgelassen, {} Zeilen unlesbar.",
            self.places,
            self.receivers,
            self.unreadable.len()
        )
    }
}
