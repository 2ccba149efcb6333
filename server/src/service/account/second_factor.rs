//! The second factor: codes of an authenticator app (RFC 6238) and recovery codes.

use app::domain::account::Account;
use time::OffsetDateTime;
use totp_rs::{Builder, Secret, Totp};

use crate::store::digest;

/// How many recovery codes there are.
const CODES: usize = 10;
/// Bytes of a recovery code: 80 bits, so that its hash needs no salt.
const CODE_BYTES: usize = 10;

/// What an authenticator app has to know.
#[derive(Clone, PartialEq, Eq)]
pub struct Setup {
    /// base32, to type it.
    pub secret: String,
    /// `otpauth://…`, to scan it.
    pub url: String,
}

impl Setup {
    /// A new secret. Nothing is stored until a code proves that it works.
    pub fn new(account: &Account, issuer: &str) -> Self {
        Self::with(Secret::generate().to_base32(), account, issuer)
    }

    /// The same secret once more: whoever mistyped a code does not scan again.
    pub fn with(secret: String, account: &Account, issuer: &str) -> Self {
        // A colon separates the issuer from the account in such addresses.
        let issuer = issuer.replace(':', " ");
        let url = totp(&secret, account.email.as_str(), Some(issuer))
            .and_then(|totp| totp.to_url().ok())
            .unwrap_or_default();
        Self { secret, url }
    }
}

/// Recovery codes as they are shown once.
#[derive(Clone)]
pub struct Codes(pub Vec<String>);

impl Codes {
    pub(super) fn generate() -> Self {
        Self((0..CODES).map(|_| grouped(&random())).collect())
    }

    pub(super) fn hashes(&self) -> Vec<String> {
        self.0.iter().map(|code| code_hash(code)).collect()
    }
}

/// The hash of a recovery code, however it is typed.
pub(super) fn code_hash(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    digest(plain.to_ascii_uppercase().as_bytes())
}

/// The time step that a code belongs to; `None` where it is of none around now.
pub(super) fn step(secret: &str, code: &str, now: OffsetDateTime) -> Option<i64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.unix_timestamp()).ok()?;
    totp(secret, "", None)?.check(&digits, seconds).and_then(|step| i64::try_from(step).ok())
}

fn totp(secret: &str, name: &str, issuer: Option<String>) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Some(Builder::new().with_secret(secret).with_account_name(name).with_issuer(issuer).build_noncompliant())
}

/// base32 of random bytes, from the source that also makes secrets.
fn random() -> String {
    let secret = Secret::generate();
    Secret::new(secret.as_bytes()[..CODE_BYTES].into()).to_base32()
}

/// Four characters at a time are read aloud and typed without getting lost.
fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
