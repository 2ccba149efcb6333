//! A mail server that does what a test wants. The protocol itself is `mailin`'s.

use std::{
    io::{self, BufRead, BufReader, Write},
    net::{IpAddr, Ipv4Addr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use mailin::{
    Action, Handler, Response, SessionBuilder,
    response::{INTERNAL_ERROR, INVALID_CREDENTIALS, NO_MAILBOX, OK},
};

#[derive(Clone, Copy, Debug)]
pub enum Mood {
    Takes,
    /// 550: there is no such mailbox.
    Refuses,
    /// 451: later, perhaps.
    Busy,
    /// 535: whoever sends is not known here. That says nothing about the recipient.
    Distrusts,
    /// Takes the mail, but not so soon.
    Slow(Duration),
    /// Hangs up in the middle of a mail.
    Vanishes,
}

/// A mail as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub to: Vec<String>,
    pub message: String,
}

#[derive(Default)]
struct Desk {
    mood: Option<Mood>,
    received: Vec<Received>,
}

#[derive(Clone)]
struct Clerk {
    desk: Arc<Mutex<Desk>>,
    to: Vec<String>,
    message: Vec<u8>,
}

impl Clerk {
    fn mood(&self) -> Mood {
        self.desk.lock().expect("a lock").mood.unwrap_or(Mood::Takes)
    }
}

impl Handler for Clerk {
    fn rcpt(&mut self, _to: &str) -> Response {
        match self.mood() {
            Mood::Refuses => NO_MAILBOX,
            Mood::Busy => INTERNAL_ERROR,
            Mood::Distrusts => INVALID_CREDENTIALS,
            _ => OK,
        }
    }

    fn data_start(&mut self, _domain: &str, _from: &str, _is8bit: bool, to: &[String]) -> Response {
        self.to = to.to_vec();
        self.message.clear();
        OK
    }

    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.message.extend_from_slice(bytes);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        if let Mood::Slow(pause) = self.mood() {
            thread::sleep(pause);
        }
        let message = String::from_utf8_lossy(&self.message).into_owned();
        self.desk.lock().expect("a lock").received.push(Received { to: self.to.clone(), message });
        OK
    }
}

pub struct PostOffice {
    pub url: String,
    desk: Arc<Mutex<Desk>>,
}

impl PostOffice {
    pub fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let desk = Arc::<Mutex<Desk>>::default();
        let clerks = desk.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let clerk = Clerk { desk: clerks.clone(), to: Vec::new(), message: Vec::new() };
                // Whoever hangs up is served no longer.
                thread::spawn(move || serve(&stream, clerk).ok());
            }
        });
        Self { url, desk }
    }

    pub fn is(&self, mood: Mood) {
        self.desk.lock().expect("a lock").mood = Some(mood);
    }

    pub fn received(&self) -> Vec<Received> {
        self.desk.lock().expect("a lock").received.clone()
    }
}

fn serve(stream: &TcpStream, clerk: Clerk) -> io::Result<()> {
    let mood = {
        let clerk = clerk.clone();
        move || clerk.mood()
    };
    let (mut reader, mut writer) = (BufReader::new(stream), stream);
    let mut session = SessionBuilder::new("post.example").build(IpAddr::from(Ipv4Addr::LOCALHOST), clerk);
    session.greeting().write_to(&mut writer)?;
    let (mut line, mut in_message) = (Vec::new(), false);
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if in_message && matches!(mood(), Mood::Vanishes) {
            return stream.shutdown(std::net::Shutdown::Both);
        }
        let answer = session.process(&line);
        in_message = answer.code == 354 || answer.action == Action::NoReply;
        match answer.action {
            Action::NoReply => {}
            Action::Reply | Action::UpgradeTls => answer.write_to(&mut writer)?,
            Action::Close => return answer.write_to(&mut writer),
        }
        writer.flush()?;
    }
}
