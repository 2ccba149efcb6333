//! How the system's allocator serves a long-running portal.

use std::{env, ffi::OsString, os::unix::process::CommandExt, process::Command};

/// How many pools of memory glibc may open; its manual page `mallopt(3)` names the variable.
const ARENAS: &str = "MALLOC_ARENA_MAX";

/// Starts the program anew, as the same process, where glibc would open a pool for each thread: what one
/// crowd of visitors needed would stay in each of them. Two pools hold a third less after a crowd.
///
/// glibc reads this setting only before a program begins. Whoever sets it keeps their own value; where the
/// program cannot start anew, it goes on as it is. `line` is the command line, beginning with the program.
pub(super) fn settle(line: &[OsString]) {
    if !cfg!(all(target_os = "linux", target_env = "gnu")) || env::var_os(ARENAS).is_some() {
        return;
    }
    if let (Ok(program), Some((name, arguments))) = (env::current_exe(), line.split_first()) {
        let error = Command::new(program).arg0(name).args(arguments).env(ARENAS, "2").exec();
        eprintln!("Hinweis: Der Speicher wird nicht sparsam verwaltet: {error}");
    }
}
