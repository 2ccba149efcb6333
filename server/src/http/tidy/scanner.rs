//! Finds the request targets in the bytes of a connection (RFC 9112).

/// Longest header name that matters, with its colon.
const NAME: usize = "transfer-encoding:".len();

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Before the first space of a request line.
    #[default]
    Method,
    Target,
    /// From the version to the empty line.
    Head,
    /// Something else than the head of a request: left alone from here on.
    Done,
}

/// Walks through the requests of a connection until one has a body. What comes after a body is left
/// as it is: telling where it ends is the business of the HTTP library alone.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    state: State,
    /// The beginning of the present line in lower case.
    line: Vec<u8>,
    has_body: bool,
}

impl Scanner {
    /// Nothing that comes has to be looked at any more.
    pub(super) fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Appends the bytes, with those escaped that may not stand in a request target.
    pub(super) fn tidy(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        out.reserve(bytes.len());
        for (at, &byte) in bytes.iter().enumerate() {
            match (self.state, byte) {
                (State::Done, _) => {
                    out.extend_from_slice(bytes.get(at..).unwrap_or_default());
                    return;
                }
                (State::Method, b' ') => {
                    // "PRI" opens a connection in HTTP/2.
                    self.state = if self.line == b"pri" { State::Done } else { State::Target };
                    self.line.clear();
                    out.push(byte);
                }
                (State::Target, b' ') => {
                    self.state = State::Head;
                    self.line.push(b'h');
                    out.push(byte);
                }
                (State::Target, b'\r' | b'\n') => {
                    self.state = State::Done;
                    out.push(byte);
                }
                (State::Target, _) if must_be_escaped(byte) => {
                    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
                    out.push(b'%');
                    out.extend([byte >> 4, byte & 15].map(|half| digit(half).to_ascii_uppercase() as u8));
                }
                (State::Head, b'\n') => {
                    out.push(byte);
                    self.end_line();
                }
                (State::Method, b'\r' | b'\n') | (State::Head, b'\r') | (State::Target, _) => out.push(byte),
                (State::Method | State::Head, _) => {
                    if self.line.len() < NAME {
                        self.line.push(byte.to_ascii_lowercase());
                    }
                    out.push(byte);
                }
            }
        }
    }

    fn end_line(&mut self) {
        if self.line.is_empty() {
            self.state = if self.has_body { State::Done } else { State::Method };
            return;
        }
        let announces = [&b"content-length:"[..], b"transfer-encoding:", b"upgrade:"];
        self.has_body |= announces.iter().any(|name| self.line.starts_with(name));
        self.line.clear();
    }
}

/// Neither reserved nor unreserved in RFC 3986, and no percent sign.
fn must_be_escaped(byte: u8) -> bool {
    !byte.is_ascii_graphic() || matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The bytes after they came in pieces of this size.
    fn tidied(bytes: &[u8], piece: usize) -> Vec<u8> {
        let (mut scanner, mut out) = (Scanner::default(), Vec::new());
        bytes.chunks(piece).for_each(|chunk| scanner.tidy(chunk, &mut out));
        out
    }

    #[test]
    fn only_the_targets_of_requests_are_escaped() {
        let sent = b"GET /suche?q=<b>\"\xff HTTP/1.1\r\nHost: <x>\r\n\r\nGET /?\xc3\xbc HTTP/1.1\r\n\r\n";
        let meant = b"GET /suche?q=%3Cb%3E%22%FF HTTP/1.1\r\nHost: <x>\r\n\r\nGET /?%C3%BC HTTP/1.1\r\n\r\n";
        for piece in [1, 2, 7, 1000] {
            assert_eq!(tidied(sent, piece), meant, "{piece}");
        }
    }

    #[test]
    fn a_body_and_what_follows_it_stay_as_they_are() {
        for head in ["Content-Length: 9", "content-length: 9", "Transfer-Encoding: chunked", "Upgrade: h2c"] {
            let sent = format!("POST /<a> HTTP/1.1\r\n{head}\r\n\r\nGET /<b> \r\nGET /<c> HTTP/1.1\r\n\r\n");
            let meant = sent.replace("/<a>", "/%3Ca%3E");
            assert_eq!(tidied(sent.as_bytes(), 3), meant.as_bytes(), "{head}");
        }
        let http2 = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n<<<";
        assert_eq!(tidied(http2, 4), http2);
    }

    proptest! {
        #[test]
        fn a_proper_request_passes_unchanged(
            path in "/[a-z0-9%/._~-]{0,40}", query in "[a-zA-Z0-9=&%+()\\[\\];:@!$',*/?-]{0,80}",
            value in "[ -~]{0,40}", piece in 1_usize..50,
        ) {
            let sent = format!("GET {path}?{query} HTTP/1.1\r\nHost: kreis\r\nX-Text: {value}\r\n\r\n").repeat(2);
            prop_assert_eq!(tidied(sent.as_bytes(), piece), sent.as_bytes());
        }
    }
}
