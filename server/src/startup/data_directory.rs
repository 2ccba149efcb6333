//! The directory that everything lasting lies in.

use std::{
    fs::{self, File},
    path::Path,
};

use super::StartError;

/// Held while a portal serves or its index is rebuilt: two would write into one index.
#[derive(Debug)]
pub struct InstanceLock(#[expect(dead_code, reason = "closing the file gives the lock back")] File);

impl InstanceLock {
    /// Takes the lock of a data directory; the operating system gives it back when the process ends.
    pub fn take(directory: &Path) -> Result<Self, StartError> {
        prepare(directory)?;
        let file = File::create(directory.join("serve.lock"))
            .map_err(|_| StartError::DataDirectory(directory.to_owned()))?;
        file.try_lock().map_err(|_| StartError::DataDirectoryInUse(directory.to_owned()))?;
        Ok(Self(file))
    }
}

/// Creates the data directory and tries to write into it.
pub fn prepare(directory: &Path) -> Result<(), StartError> {
    // Several commands may do this at once.
    let probe = directory.join(format!(".schreibprobe-{}", std::process::id()));
    fs::create_dir_all(directory)
        .and_then(|()| fs::write(&probe, b""))
        .and_then(|()| fs::remove_file(&probe))
        .map_err(|_| StartError::DataDirectory(directory.to_owned()))
}
