//! The program as a process of its own.

#![allow(dead_code, reason = "every test uses only a part")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// The program in a data directory of its own, without the caller's settings.
pub fn kreislotse(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kreislotse"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("KREISLOTSE_") {
            command.env_remove(name);
        }
    }
    command.env("KREISLOTSE_DATA_DIR", data).env("KREISLOTSE_LISTEN", "127.0.0.1:0").current_dir(data);
    command
}

pub fn directory() -> TempDir {
    TempDir::new().expect("a directory")
}

/// Runs it; it has to fail with this code and one sentence that contains the words.
pub fn fails(command: &mut Command, code: i32, words: &[&str]) {
    let Output { status, stderr, .. } = command.output().expect("an output");
    let text = String::from_utf8(stderr).expect("UTF-8");
    let errors: Vec<_> = text.lines().filter(|line| line.starts_with("Fehler: ")).collect();
    assert_eq!(status.code(), Some(code), "{text}");
    assert_eq!(errors.len(), 1, "{text}");
    assert!(errors[0].ends_with('.'), "{text}");
    for word in words {
        assert!(errors[0].contains(word), "{word}: {text}");
    }
    assert!(!text.contains("panicked") && !text.contains("stack backtrace"), "{text}");
}

/// An answer with its head.
pub fn get(address: &str, path: &str) -> String {
    get_with(address, path, "")
}

/// The same with headers, each ended by CRLF.
pub fn get_with(address: &str, path: &str, headers: &str) -> String {
    try_get_with(address, path, headers).expect("an answer")
}

/// An answer with its head; `None` where nobody is there or the connection breaks before its end.
pub fn try_get(address: &str, path: &str) -> Option<String> {
    try_get_with(address, path, "")
}

fn try_get_with(address: &str, path: &str, headers: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: kreis\r\n{headers}Connection: close\r\n\r\n").ok()?;
    let mut text = Vec::new();
    stream.read_to_end(&mut text).ok()?;
    let head = text.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let answer = String::from_utf8_lossy(&text).into_owned();
    let length =
        answer.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    (length.unwrap_or(0) <= text.len() - head).then_some(answer)
}

/// Runs it; it has to succeed. Gives what it printed.
pub fn succeeds(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().expect("an output");
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).expect("UTF-8")
}

/// A running portal that is ended with the test.
pub struct Serving {
    child: Child,
    pub address: String,
    log: Arc<Mutex<String>>,
}

impl Serving {
    pub fn start(data: &Path, arguments: &[&str]) -> Self {
        Self::start_with(data, arguments, &[])
    }

    pub fn start_with(data: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
        let mut command = kreislotse(data);
        command.arg("serve").args(arguments).env("KREISLOTSE_LISTEN", free.to_string());
        command.envs(environment.iter().copied());
        let mut child = command.stderr(Stdio::piped()).spawn().expect("a process");
        let mut lines = BufReader::new(child.stderr.take().expect("its errors")).lines();
        let started = lines.any(|line| line.expect("a line").starts_with("Das Portal läuft"));
        assert!(started, "it does not start");
        let log = Arc::new(Mutex::new(String::new()));
        let kept = log.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut log = kept.lock().expect("the log");
                log.push_str(&line);
                log.push('\n');
            }
        });
        Self { child, address: free.to_string(), log }
    }

    /// What it has written to its log since it runs.
    /// A setting that the process was started with.
    pub fn setting(&self, name: &str) -> Option<String> {
        let all = std::fs::read(format!("/proc/{}/environ", self.child.id())).expect("its settings");
        let mut lines = all.split(|byte| *byte == 0).map(String::from_utf8_lossy);
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
    }

    pub fn log(&self) -> String {
        self.log.lock().expect("the log").clone()
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("its end");
    }

    pub fn get(&self, path: &str) -> String {
        get(&self.address, path)
    }

    pub fn wait_until_ready(&self) {
        self.wait_until("/readyz", |answer| answer.starts_with("HTTP/1.1 200"));
    }

    /// Asks again and again until the answer is as expected.
    pub fn wait_until(&self, path: &str, expected: impl Fn(&str) -> bool) {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if expected(&answer) {
                return;
            }
            assert!(start.elapsed() < Duration::from_mins(5), "{path} is not as expected: {answer}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn stop(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
        self.child.wait().expect("its end").code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
