//! The log: structured lines on standard error. Never search texts, positions, addresses or tokens.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt};

use crate::config::ConfigError;

/// What is logged where nobody says otherwise. A cookie whose session has ended is nothing to warn of.
const USUAL: &str = "warn,server=info,tower_sessions_core=error";

const LOG: &str = "KREISLOTSE_LOG";
const LOG_FORMAT: &str = "KREISLOTSE_LOG_FORMAT";

/// Starts the log. `KREISLOTSE_LOG` chooses what is written (`info`, `server=debug`),
/// `KREISLOTSE_LOG_FORMAT=json` writes one JSON object a line.
///
/// # Errors
/// [`ConfigError::Environment`] where one of them says nothing of the kind: a log that is silently empty
/// helps nobody.
pub fn init() -> Result<(), ConfigError> {
    let chosen = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let filter = filter(chosen(LOG).as_deref().unwrap_or(USUAL))?;
    let json = is_json(chosen(LOG_FORMAT).as_deref())?;
    let builder =
        fmt().with_env_filter(filter).with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr);
    // A log that is already there (tests) stays.
    let _ = if json { builder.json().try_init() } else { builder.compact().try_init() };
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
    Ok(())
}

fn filter(text: &str) -> Result<EnvFilter, ConfigError> {
    const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
    // A single word that is no level would be taken for the name of a module, and silence all others.
    let says_how_much =
        |part: &str| part.contains('=') || LEVELS.contains(&part.trim().to_lowercase().as_str());
    let read = EnvFilter::try_new(text).ok().filter(|_| text.split(',').all(says_how_much));
    read.ok_or_else(|| ConfigError::Environment {
        name: LOG,
        reason: format!(
            "„{text}“ sagt nicht, was geschrieben wird: erwartet wird etwas wie info oder warn,server=debug"
        ),
    })
}

fn is_json(format: Option<&str>) -> Result<bool, ConfigError> {
    match format {
        None | Some("text") => Ok(false),
        Some("json") => Ok(true),
        Some(other) => Err(ConfigError::Environment {
            name: LOG_FORMAT,
            reason: format!("„{other}“ ist kein Format des Protokolls: erwartet wird text oder json"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_that_would_be_empty_is_refused() {
        for text in ["info", "warn,server=debug", "off", USUAL] {
            assert!(filter(text).is_ok(), "{text}");
        }
        for text in ["alles", "info,server", "server=laut"] {
            assert!(filter(text).is_err(), "{text}");
        }
        assert!(matches!((is_json(None), is_json(Some("json"))), (Ok(false), Ok(true))));
        assert!(is_json(Some("xml")).is_err());
    }
}
