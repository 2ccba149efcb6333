//! The program itself, started on one core for measuring.

use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::client;

/// A running `kreislotse serve`; it is stopped when this goes away.
pub struct Program {
    child: Child,
    pub port: u16,
    /// Until `/readyz` said yes.
    pub ready_after: Duration,
    /// Most resident memory until then, in MB.
    pub peak_until_ready_mb: f64,
}

impl Program {
    /// Starts it over a data directory, on core 0 where `taskset` is there.
    pub fn start(data: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port").port();
        let binary = env!("CARGO_BIN_EXE_kreislotse");
        let pinned = Command::new("taskset").arg("--version").stdout(Stdio::null()).status().is_ok();
        let mut command = if pinned { Command::new("taskset") } else { Command::new(binary) };
        if pinned {
            command.args(["-c", "0", binary]);
        }
        let started = Instant::now();
        let child = command
            .arg("serve")
            .env("KREISLOTSE_DATA_DIR", data)
            .env("KREISLOTSE_LISTEN", format!("127.0.0.1:{port}"))
            .env("KREISLOTSE_CONFIG", Path::new(env!("CARGO_MANIFEST_DIR")).join("../portal.toml"))
            .env("RUST_LOG", "warn")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut program = Self { child, port, ready_after: Duration::ZERO, peak_until_ready_mb: 0.0 };
        while client::get(port, "/readyz", &[]).map_or(0, |answer| answer.status) != 200 {
            assert!(started.elapsed() < Duration::from_mins(2), "the program does not become ready");
            std::thread::sleep(Duration::from_millis(20));
        }
        program.ready_after = started.elapsed();
        program.peak_until_ready_mb = program.memory("VmHWM");
        program
    }

    /// Resident memory now, in MB.
    pub fn resident_mb(&self) -> f64 {
        self.memory("VmRSS")
    }

    fn memory(&self, field: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with(field)).unwrap_or_default();
        let kilobytes: f64 = line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(f64::NAN);
        kilobytes / 1024.0
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
