//! Words, numbers and marks of a text.

/// A word in lower case and without umlauts, a number, or a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub text: String,
    pub number: Option<u32>,
    /// A full stop follows at once: it belongs to the token.
    pub has_dot: bool,
    pub start: usize,
    pub end: usize,
}

/// Splits a text; of what is longer than a date needs nothing is lost, it is only no number.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = start + first.len_utf8();
        let is_digit = first.is_ascii_digit();
        if is_digit || first.is_alphabetic() {
            let same = |c: char| if is_digit { c.is_ascii_digit() } else { c.is_alphabetic() };
            while let Some((at, c)) = chars.next_if(|(_, c)| same(*c)) {
                end = at + c.len_utf8();
            }
        }
        let plain = plain(&text[start..end]);
        let number = if is_digit && plain.len() <= 4 { plain.parse().ok() } else { None };
        let has_dot = (is_digit || first.is_alphabetic()) && chars.next_if(|(_, c)| *c == '.').is_some();
        end += usize::from(has_dot);
        found.push(Token { text: plain, number, has_dot, start, end });
    }
    found
}

fn plain(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            '–' | '—' => plain.push('-'),
            c => plain.push(c),
        }
    }
    plain
}
