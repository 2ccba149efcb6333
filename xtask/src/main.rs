//! The commands of the house: `cargo xtask <command>`.
//!
//! Everything is Rust and npm packages with a lockfile: there is no tool to install first.

mod assets;
mod bench;
mod browser;
mod check;
mod example;
mod licences;
mod postgres;
mod run;
mod service;
mod stamp;
mod steps;
mod style;
mod system;
mod tally;
mod test;
mod wasm;
mod workspace;

use std::process::ExitCode;

use workspace::Workspace;

const USAGE: &str = "\
cargo xtask <command>

  run     build, serve the example county and print the address
  test    formatting, lints, all tests on SQLite and PostgreSQL, browser tests
  browser only the browser tests; what follows goes to Playwright (-g print)
  build   release program target/release/kreislotse with all assets inside
  assets  only what the browser gets: target/site
  check   formatting and lints, for the server and for the browser
  bench   search quality and speed

KREISLOTSE_SHARED names the folder with the real data (default: ../shared).";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = Workspace::find().and_then(|workspace| match arguments.first().map(String::as_str) {
        Some("run") => run::run(&workspace),
        Some("test") => test::run(&workspace),
        Some("build") => assets::build(&workspace).and_then(|()| run::build_release(&workspace)),
        Some("assets") => assets::build(&workspace),
        Some("check") => check::run(&workspace),
        Some("browser") => browser::run_alone(&workspace, &arguments[1..]),
        Some("bench") => bench::run(&workspace, &arguments[1..]),
        Some("help" | "--help" | "-h") => {
            println!("{USAGE}");
            Ok(())
        }
        other => {
            eprintln!("{USAGE}\n");
            anyhow::bail!("unknown command: {}", other.unwrap_or("(none)"))
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
