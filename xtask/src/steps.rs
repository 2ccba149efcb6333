//! Says what is being done and how long it took.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// Runs one named step and prints its time, whether it succeeds or not.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("▸ {name}");
    let start = Instant::now();
    let outcome = work().with_context(|| name.to_owned());
    let seconds = start.elapsed().as_secs_f32();
    match &outcome {
        Ok(_) => println!("✓ {name} ({seconds:.1} s)"),
        Err(_) => println!("✗ {name} ({seconds:.1} s)"),
    }
    outcome
}

/// Runs a command that shares our terminal and must succeed.
pub fn succeed(command: &mut Command) -> Result<()> {
    let name = describe(command);
    let status = command.status().with_context(|| format!("cannot start {name}"))?;
    if !status.success() {
        bail!("{name} ended with {status}");
    }
    Ok(())
}

/// Runs a command quietly and returns what it printed; a failure carries its messages.
pub fn capture(command: &mut Command) -> Result<String> {
    let name = describe(command);
    let output = command.output().with_context(|| format!("cannot start {name}"))?;
    if !output.status.success() {
        let messages = String::from_utf8_lossy(&output.stderr);
        bail!("{name} ended with {}\n{}", output.status, messages.trim_end());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The program's name and its first arguments, enough to recognise it.
fn describe(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let program = program.rsplit('/').next().unwrap_or(&program).to_owned();
    let arguments: Vec<_> = command.get_args().take(3).map(|argument| argument.to_string_lossy()).collect();
    format!("{program} {}", arguments.join(" "))
}
