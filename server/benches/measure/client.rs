//! A small HTTP client for load: 32 connections, each asks again as soon as it was answered.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

/// Connections at the same time.
const CONNECTIONS: usize = 32;

/// An answer with its body as sent.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// What a load brought.
pub struct Load {
    pub per_second: f64,
    pub median: Duration,
    pub slow: Duration,
    pub failed: usize,
}

/// Asks once.
pub fn get(port: u16, path: &str, headers: &[&str]) -> std::io::Result<Answer> {
    let mut connection = BufReader::new(connect(port)?);
    ask(&mut connection, port, path, headers)
}

/// Asks for the paths in turn, for some seconds or until each was asked once.
pub fn load(port: u16, paths: &Arc<Vec<String>>, time: Duration, once: bool) -> Load {
    let next = Arc::new(AtomicUsize::new(0));
    let started = Instant::now();
    let workers: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (next, paths) = (next.clone(), paths.clone());
            std::thread::spawn(move || {
                let mut connection = BufReader::new(connect(port).expect("a connection"));
                let (mut times, mut failed) = (Vec::new(), 0);
                while started.elapsed() < time {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if once && at >= paths.len() {
                        break;
                    }
                    let asked = Instant::now();
                    match ask(&mut connection, port, &paths[at % paths.len()], &["Accept-Encoding: br"]) {
                        Ok(answer) if answer.status == 200 => times.push(asked.elapsed()),
                        _ => failed += 1,
                    }
                }
                (times, failed)
            })
        })
        .collect();
    let (mut times, mut failed) = (Vec::new(), 0);
    for worker in workers {
        let (some, bad) = worker.join().expect("a worker");
        times.extend(some);
        failed += bad;
    }
    let seconds = started.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss)]
    let per_second = times.len() as f64 / seconds;
    let (median, slow) = crate::scale::percentiles(times);
    Load { per_second, median, slow, failed }
}

fn connect(port: u16) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    Ok(stream)
}

fn ask(
    connection: &mut BufReader<TcpStream>,
    port: u16,
    path: &str,
    headers: &[&str],
) -> std::io::Result<Answer> {
    let mut request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n");
    for header in headers {
        request.push_str(header);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    connection.get_mut().write_all(request.as_bytes())?;
    let mut line = String::new();
    connection.read_line(&mut line)?;
    let status = line.split_whitespace().nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    let (mut length, mut chunked) = (0, false);
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        let header = line.trim().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        chunked |= header.starts_with("transfer-encoding:") && header.ends_with("chunked");
    }
    let mut body = Vec::new();
    if chunked {
        loop {
            line.clear();
            connection.read_line(&mut line)?;
            let size = usize::from_str_radix(line.trim(), 16).unwrap_or(0);
            let from = body.len();
            body.resize(from + size + 2, 0);
            connection.read_exact(&mut body[from..])?;
            body.truncate(from + size);
            if size == 0 {
                break;
            }
        }
    } else {
        body.resize(length, 0);
        connection.read_exact(&mut body)?;
    }
    Ok(Answer { status, body })
}
