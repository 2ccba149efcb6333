//! The log: structured lines on standard error. Never search texts, positions, addresses or tokens.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt};

/// What is logged where nobody says otherwise. A cookie whose session has ended is nothing to warn of.
const USUAL: &str = "warn,server=info,tower_sessions_core=error";

/// Starts the log. `KREISLOTSE_LOG` chooses what is written (`info`, `server=debug`),
/// `KREISLOTSE_LOG_FORMAT=json` writes one JSON object a line.
pub fn init() {
    let filter = std::env::var("KREISLOTSE_LOG").unwrap_or_else(|_| USUAL.to_owned());
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new(USUAL));
    let json = std::env::var("KREISLOTSE_LOG_FORMAT").is_ok_and(|format| format == "json");
    let builder =
        fmt().with_env_filter(filter).with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr);
    // A log that is already there (tests) stays.
    let _ = if json { builder.json().try_init() } else { builder.compact().try_init() };
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}
