//! Links that are sent to people: whoever has one has the mailbox it was sent to.

use std::fmt::Write as _;

use super::AccountError;
use crate::store::digest;

/// 256 random bits.
const BYTES: usize = 32;

/// What a link holds, as hexadecimal digits. It is in a mail and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkSecret(String);

impl LinkSecret {
    pub(in crate::service) fn random() -> Result<Self, AccountError> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|_| AccountError::Random)?;
        Ok(Self(bytes.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })))
    }

    /// What the address of a page says; `None` where that can be no link of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 2 * BYTES && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What lies in the database. Random bits need no salt.
    pub(in crate::service) fn hash(&self) -> String {
        digest(self.0.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_what_nobody_guesses_and_nobody_writes_otherwise() {
        let (one, other) = (LinkSecret::random().expect("bits"), LinkSecret::random().expect("bits"));
        assert!(one != other && one.hash() != one.as_str());
        assert!(LinkSecret::parse(one.as_str()) == Some(one.clone()));
        for text in ["", "abc", "../konto", &format!("{}0", one.as_str()), &"A".repeat(64)] {
            assert!(LinkSecret::parse(text).is_none(), "{text}");
        }
    }
}
