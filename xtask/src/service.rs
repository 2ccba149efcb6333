//! Programs that run beside the tests and end with them.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::steps::capture;

/// How long a program may take to end by itself before it is killed.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who a program runs as.
#[derive(Clone, Copy, Debug)]
pub struct User {
    pub uid: u32,
    pub gid: u32,
}

impl User {
    /// Finds the first of these names that exists.
    pub fn find(names: &[&str]) -> Result<Self> {
        let users = std::fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
        let find = |name: &&str| {
            let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
            let mut numbers = line.split(':').skip(2);
            Some(Self { uid: numbers.next()?.parse().ok()?, gid: numbers.next()?.parse().ok()? })
        };
        names.iter().find_map(find).with_context(|| format!("none of the users {names:?} exists"))
    }
}

/// A running program. It gets `signal` when this value is dropped, and also when xtask itself is
/// killed, so that nothing is left over.
pub struct Service {
    child: Child,
    signal: &'static str,
}

impl Service {
    /// Starts a program that shares our terminal. `signal` is what ends it in good order.
    pub fn start(signal: &'static str, command: &Command) -> Result<Self> {
        let mut wrapped = as_user(None, Some(signal), command);
        Ok(Self { child: wrapped.spawn().context("cannot start setpriv")?, signal })
    }

    /// Starts a program, as another user where one is named, with what it prints going to a file.
    pub fn start_logged(
        user: Option<User>,
        signal: &'static str,
        command: &Command,
        log: File,
    ) -> Result<Self> {
        let mut wrapped = as_user(user, Some(signal), command);
        wrapped.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        Ok(Self { child: wrapped.spawn().context("cannot start setpriv")?, signal })
    }

    /// Waits until `ready` says so; an error when the program ends or the time is over.
    pub fn wait_until(&mut self, limit: Duration, ready: impl Fn() -> bool) -> Result<()> {
        let start = Instant::now();
        while !ready() {
            if let Some(status) = self.child.try_wait()? {
                bail!("it ended with {status}");
            }
            if start.elapsed() > limit {
                bail!("it is not ready after {} s", limit.as_secs());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// Waits until the program ends by itself.
    pub fn wait(mut self) -> Result<()> {
        let status = self.child.wait()?;
        if !status.success() {
            bail!("it ended with {status}");
        }
        Ok(())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        let asked = capture(Command::new("kill").args(["-s", self.signal, &self.child.id().to_string()]));
        let start = Instant::now();
        while asked.is_ok() && start.elapsed() < PATIENCE {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        if self.child.kill().and_then(|()| self.child.wait()).is_err() {
            eprintln!("xtask: process {} could not be ended", self.child.id());
        }
    }
}

/// The same command through `setpriv`, which changes the user and ties the program's life to ours.
pub fn as_user(user: Option<User>, signal_at_our_death: Option<&str>, command: &Command) -> Command {
    let mut wrapped = Command::new("setpriv");
    if let Some(user) = user {
        wrapped.args([
            format!("--reuid={}", user.uid),
            format!("--regid={}", user.gid),
            "--clear-groups".to_owned(),
        ]);
    }
    if let Some(signal) = signal_at_our_death {
        wrapped.args(["--pdeathsig", signal]);
    }
    wrapped.arg("--").arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => wrapped.env(name, value),
            None => wrapped.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        wrapped.current_dir(folder);
    }
    wrapped
}

/// Whether the portal at this address says that it is ready.
pub fn is_ready(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut connection = TcpStream::connect(address)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        write!(connection, "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut status = String::new();
        BufReader::new(connection).read_line(&mut status)?;
        Ok(status)
    };
    ask().is_ok_and(|status| status.split(' ').nth(1) == Some("200"))
}

/// A port on 127.0.0.1 that is free now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
