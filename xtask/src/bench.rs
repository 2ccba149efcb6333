//! `cargo xtask bench`: search quality and speed, measured by `server/benches/measure.rs`.

use anyhow::Result;

use crate::assets;
use crate::postgres::Postgres;
use crate::steps::{step, succeed};
use crate::system;
use crate::workspace::Workspace;

/// Builds the assets (the pages are measured with them) and runs the measuring program.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    assets::build(workspace)?;
    if workspace.shared_data().is_none() {
        println!(
            "skipped: figures of the real county, {} does not exist",
            workspace.shared.join("data").display()
        );
    }
    step("measure", || {
        // The other search engine that a portal would use; without it its figures are skipped.
        let postgres = system::find_postgres().map(|_| Postgres::start(workspace)).transpose()?;
        let mut command = workspace.cargo();
        if let Some(postgres) = &postgres {
            command.env("KREISLOTSE_TEST_POSTGRES", postgres.url());
        }
        command.args(["bench", "--package", "server", "--bench", "measure", "--"]).args(arguments);
        succeed(&mut command)
    })
}
