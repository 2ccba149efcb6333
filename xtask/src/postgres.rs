//! A private PostgreSQL for the tests: its own data, its own port, gone afterwards.

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

use crate::service::{Service, User, as_user, free_port};
use crate::steps::capture;
use crate::system;
use crate::workspace::Workspace;

const ROLE: &str = "kreislotse";
const PREFIX: &str = "postgres-";
/// Safety against a power cut is of no use to data that lives for a minute.
const SETTINGS: [&str; 7] = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=300",
    "unix_socket_directories=",
    "listen_addresses=127.0.0.1",
    "log_min_messages=error",
];

/// A running PostgreSQL; it stops and its data goes when this value is dropped.
pub struct Postgres {
    // Declared first: stopped before the data goes.
    service: Service,
    _data: Data,
    port: u16,
}

impl Postgres {
    pub fn start(workspace: &Workspace) -> Result<Self> {
        let programs = system::find_postgres().ok_or_else(|| anyhow!("PostgreSQL is not installed"))?;
        // PostgreSQL refuses to run as root.
        let user = if system::is_root() { Some(User::find(&["postgres", "nobody"])?) } else { None };
        let data = Data::create(&workspace.scratch()?, user)?;

        let mut initialise = Command::new(programs.join("initdb"));
        initialise.args([
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "--username",
            ROLE,
            "-D",
        ]);
        initialise.arg(&data.0).current_dir("/");
        capture(&mut as_user(user, None, &initialise))?;

        let port = free_port()?;
        let log = fs::File::create(workspace.scratch()?.join("postgres.log"))?;
        let mut serve = Command::new(programs.join("postgres"));
        serve.arg("-D").arg(&data.0).args(["-p", &port.to_string()]).current_dir("/");
        for setting in SETTINGS {
            serve.args(["-c", setting]);
        }
        // INT is PostgreSQL's fast stop: it does not wait for clients.
        let service = Service::start_logged(user, "INT", &serve, log)?;
        let mut postgres = Self { service, _data: data, port };
        let probe = |port: u16| {
            let mut probe = Command::new(programs.join("pg_isready"));
            probe.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
            probe.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
        };
        postgres
            .service
            .wait_until(Duration::from_mins(1), || probe(port))
            .context("PostgreSQL (see postgres.log)")?;
        Ok(postgres)
    }

    /// The address of its first database. The role may create others.
    pub fn url(&self) -> String {
        format!("postgres://{ROLE}@127.0.0.1:{}/postgres", self.port)
    }
}

/// The data folder of one run.
struct Data(PathBuf);

impl Data {
    /// In the target folder, or in the folder for temporary files when the user cannot reach the
    /// former (a clone below `/root`).
    fn create(scratch: &Path, user: Option<User>) -> Result<Self> {
        remove_leftovers(scratch);
        let name = format!("{PREFIX}{}", std::process::id());
        for parent in [scratch.to_path_buf(), std::env::temp_dir()] {
            let data = Self(parent.join(&name));
            fs::create_dir_all(&data.0).with_context(|| format!("cannot create {}", data.0.display()))?;
            let Some(user) = user else { return Ok(data) };
            chown(&data.0, Some(user.uid), Some(user.gid))?;
            let mut reach = Command::new("test");
            reach.arg("-w").arg(&data.0).current_dir("/");
            if as_user(Some(user), None, &reach).status()?.success() {
                return Ok(data);
            }
        }
        Err(anyhow!("no folder that {user:?} can write to"))
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("xtask: {} stays: {error}", self.0.display());
        }
    }
}

/// Removes what a killed run has left.
fn remove_leftovers(scratch: &Path) {
    for entry in fs::read_dir(scratch).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(process) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else { continue };
        if !Path::new("/proc").join(process).exists() && fs::remove_dir_all(entry.path()).is_err() {
            eprintln!("xtask: {} stays", entry.path().display());
        }
    }
}
