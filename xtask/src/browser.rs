//! The tests in a real browser, against one server with the invented county.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;

use crate::example::Example;
use crate::service::{Service, free_port, is_ready};
use crate::steps::{step, succeed};
use crate::system;
use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{assets, style};

/// Only these tests, for whoever works on a page.
pub fn run_alone(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    system::require_node()?;
    system::require_test_packages()?;
    assets::build(workspace)?;
    run(workspace, arguments, &mut Tally::default())
}

/// Serves the development build, which the other tests have built already, and runs Playwright.
pub fn run(workspace: &Workspace, arguments: &[String], tally: &mut Tally) -> Result<()> {
    style::install_packages(workspace, "end2end")?;
    let chromium = system::find_chromium().ok_or_else(|| anyhow!("Chromium is not installed"))?;
    step("program: compile for the tests", || {
        succeed(workspace.cargo().args(["build", "--package", "server", "--bin", "kreislotse"]))
    })?;
    let (post_office, letters) = (free_port()?, workspace.scratch()?.join("letters"));
    if letters.exists() {
        fs::remove_dir_all(&letters)?;
    }
    fs::create_dir_all(&letters)?;
    let (_server, url) = step("start the server", || serve(workspace, post_office))?;
    let results = workspace.scratch()?.join("browser.json");
    remove_if_there(&results)?;
    let mut playwright = workspace.node("end2end");
    playwright
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .args(arguments)
        .env("KREISLOTSE_URL", url)
        .env("KREISLOTSE_PROGRAM", workspace.target.join("debug/kreislotse"))
        .env("KREISLOTSE_PROGRAM_DATA", data_directory(workspace)?)
        .env("KREISLOTSE_CHROMIUM", chromium)
        .env("KREISLOTSE_TEST_SMTP_PORT", post_office.to_string())
        .env("KREISLOTSE_TEST_LETTERS", &letters)
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &results);
    let outcome = Service::start("INT", &playwright)?.wait().context("Playwright");
    tally.add(read_results(&results)?);
    outcome
}

/// `post_office` is the port of the mail server, which Playwright opens.
fn serve(workspace: &Workspace, post_office: u16) -> Result<(Service, String)> {
    let data = data_directory(workspace)?;
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    fs::create_dir_all(&data)?;
    let port = free_port()?;
    let url = format!("http://127.0.0.1:{port}");
    let program = workspace.target.join("debug/kreislotse");
    let example = Example::find(workspace)?;
    let kreislotse = || {
        let mut command = command(&program, workspace, &data, port, &url);
        command.env("KREISLOTSE_CONFIG", &example.config);
        command.env("KREISLOTSE_SMTP_URL", format!("smtp://127.0.0.1:{post_office}"));
        command
    };
    example.load(kreislotse)?;

    let mut serve = kreislotse();
    serve.arg("serve");
    let log = fs::File::create(workspace.scratch()?.join("browser.log"))?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut service = Service::start_logged(None, "TERM", &serve, log)?;
    service
        .wait_until(Duration::from_mins(1), || is_ready(address))
        .context("kreislotse serve (see browser.log)")?;
    Ok((service, url))
}

fn data_directory(workspace: &Workspace) -> Result<PathBuf> {
    Ok(workspace.scratch()?.join("browser"))
}

/// The program with settings of its own: nothing of the caller's environment reaches the tests.
fn command(program: &PathBuf, workspace: &Workspace, data: &Path, port: u16, url: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("KREISLOTSE_") {
            command.env_remove(name);
        }
    }
    command
        .current_dir(&workspace.root)
        .env("KREISLOTSE_DATA_DIR", data)
        .env("KREISLOTSE_LISTEN", format!("127.0.0.1:{port}"))
        .env("KREISLOTSE_BASE_URL", url);
    command
}

fn read_results(file: &Path) -> Result<Tally> {
    let text = fs::read_to_string(file).context("Playwright has written no results")?;
    let results: Value = serde_json::from_str(&text)?;
    let number = |name: &str| {
        let value = results["stats"][name].as_u64().unwrap_or(0);
        usize::try_from(value).unwrap_or(usize::MAX)
    };
    let tally = Tally { passed: number("expected"), failed: number("unexpected") + number("flaky") };
    if tally == Tally::default() {
        bail!("Playwright has run no test");
    }
    Ok(tally)
}

fn remove_if_there(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
