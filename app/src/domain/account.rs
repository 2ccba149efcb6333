//! Who works with the portal, and what each may do.

use std::fmt;

use super::ids::{AccountId, OrganizationId, Slug};

/// An e-mail address as it names an account: lower case, without anything around it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Email(String);

impl Email {
    /// Longest address in bytes (RFC 5321, 4.5.3.1.3).
    pub const MAX: usize = 254;

    /// Accepts what mail servers accept in practice: ASCII, one `@`, a domain with a dot, nothing that
    /// could end a header or name a second recipient; `None` otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let (local, domain) = text.split_once('@')?;
        let local_fits = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b);
        let label_fits = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let fits = text.len() <= Self::MAX
            && (1..=64).contains(&local.len())
            && local.split('.').all(|part| !part.is_empty())
            && local.bytes().all(local_fits)
            && domain.contains('.')
            && domain.split('.').all(label_fits);
        fits.then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Addresses are personal data: they are in no log.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

/// A role in the county's own team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CountyRole {
    /// Everything, people and settings included.
    Administrator,
    /// Entries, queue and notices.
    Editor,
}

impl CountyRole {
    /// Whether it may all that the other one may.
    pub fn includes(self, other: Self) -> bool {
        self == Self::Administrator || self == other
    }

    pub const ALL: [Self; 2] = [Self::Administrator, Self::Editor];

    pub fn key(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Editor => "editor",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == text)
    }
}

/// A role in one organization. Each may do what those after it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrganizationRole {
    /// Entries and members.
    Owner,
    /// Entries.
    Editor,
    /// Reports of capacity, nothing else.
    Capacity,
}

impl OrganizationRole {
    /// Whether it may all that the other one may.
    pub fn includes(self, other: Self) -> bool {
        self.rank() >= other.rank()
    }

    fn rank(self) -> u8 {
        match self {
            Self::Owner => 2,
            Self::Editor => 1,
            Self::Capacity => 0,
        }
    }

    pub const ALL: [Self; 3] = [Self::Owner, Self::Editor, Self::Capacity];

    pub fn key(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Editor => "editor",
            Self::Capacity => "capacity",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == text)
    }
}

/// What somebody is in one organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub organization: OrganizationId,
    pub slug: Slug,
    pub name: String,
    pub role: OrganizationRole,
}

/// Somebody who works with the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub email: Email,
    /// As colleagues call them.
    pub name: String,
    pub county_role: Option<CountyRole>,
    /// By the name of the organization.
    pub memberships: Vec<Membership>,
    /// A second factor is set up.
    pub has_totp: bool,
    /// Grows with every change of password or second factor: what was proved before is worth nothing.
    pub credentials: i64,
}

impl Account {
    /// Longest name in characters.
    pub const MAX_NAME: usize = 100;

    /// Somebody who is nothing yet.
    pub fn new(id: AccountId, email: Email, name: String) -> Self {
        let (county_role, memberships) = (None, Vec::new());
        Self { id, email, name, county_role, memberships, has_totp: false, credentials: 0 }
    }

    /// Whether this account has to have a second factor: it reaches what belongs to others.
    pub fn needs_totp(&self) -> bool {
        self.county_role.is_some()
    }

    /// Whether it has to have one and has none yet.
    pub fn lacks_totp(&self) -> bool {
        self.needs_totp() && !self.has_totp
    }
}

/// A password as typed. It is shown nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Fewest and most characters (NIST SP 800-63B-4, 3.1.1.2, wants at least 8 beside a second factor).
    pub const LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

    /// As typed; nothing is cut or trimmed. Whether it will do is asked where one is chosen.
    pub fn typed(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Whether it is neither too short nor too long.
    pub fn has_a_fitting_length(&self) -> bool {
        Self::LENGTH.contains(&self.0.chars().count())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_however_it_is_typed() {
        let email = Email::parse("  Frau.Muster@Heim-Aue.Example ").expect("an address");
        assert_eq!(email.as_str(), "frau.muster@heim-aue.example");
        assert_eq!(Email::parse(email.as_str()), Some(email));
    }

    #[test]
    fn what_could_end_a_header_or_name_somebody_else_is_no_address() {
        let long = format!("{}@b.de", "a".repeat(65));
        for text in [
            "",
            "a",
            "a@b",
            "@b.de",
            "a@.de",
            "a@b..de",
            "a@-b.de",
            "a@b@c.de",
            "a b@c.de",
            "a@b.de, c@d.de",
            "a@b.de\r\nBcc: c@d.de",
            "\"a\"@b.de",
            "<a@b.de>",
            ".a@b.de",
            "a..b@c.de",
            "ä@b.de",
            &long,
        ] {
            assert_eq!(Email::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn nothing_secret_or_personal_is_in_debug_output() {
        let email = Email::parse("frau.muster@heim.example").expect("an address");
        let shown = format!("{email:?} {:?}", Password::typed("correct horse battery"));
        assert!(!shown.contains("muster") && !shown.contains("horse"), "{shown}");
    }

    #[test]
    fn a_password_counts_in_characters() {
        assert!(Password::typed(&"ä".repeat(12)).has_a_fitting_length());
        assert!(!Password::typed(&"ä".repeat(11)).has_a_fitting_length());
        assert!(!Password::typed(&"a".repeat(129)).has_a_fitting_length());
    }
}
