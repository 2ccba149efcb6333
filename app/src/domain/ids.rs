//! Identifiers. Every noun has its own type, so that ids of different nouns cannot be mixed up.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// Identifies an `Organization` (UUIDv7).
    OrganizationId
);
id!(
    /// Identifies a `Facility` (UUIDv7).
    FacilityId
);
id!(
    /// Identifies an `Offer` (UUIDv7).
    OfferId
);
id!(
    /// Identifies a `Municipality` (UUIDv7).
    MunicipalityId
);
id!(
    /// Identifies a `CapacityReport` (UUIDv7).
    ReportId
);
id!(
    /// Identifies an `Account` (UUIDv7).
    AccountId
);
id!(
    /// Identifies a session (UUIDv7). It is no secret: what opens the session is in its cookie.
    SessionId
);
id!(
    /// Identifies a mail (UUIDv7), in its `Message-ID`, too.
    MailId
);
id!(
    /// Identifies an invitation (UUIDv7). It is no secret: what opens the invitation is in its link.
    InvitationId
);

id!(
    /// Identifies a `PendingImport` (UUIDv7).
    ImportId
);
id!(
    /// Identifies a `Notice` (UUIDv7).
    NoticeId
);
id!(
    /// Identifies a `LexiconLine` (UUIDv7).
    LexiconLineId
);

id!(
    /// Identifies a `ReportLink` (UUIDv7). It is no secret: what reports is in the link itself.
    ReportLinkId
);
id!(
    /// Identifies an `ApiToken` (UUIDv7). It is no secret, either.
    ApiTokenId
);
id!(
    /// Identifies an `Alert` (UUIDv7).
    AlertId
);

id!(
    /// Identifies an uploaded file (UUIDv7).
    UploadId
);

/// The part of an address (URL) that names a facility or an organization, for example
/// `haus-eldetal-parchim`. Slugs are stable; an old one redirects.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    /// Longest slug in characters.
    pub const MAX: usize = 120;

    /// Accepts lower-case ASCII letters, digits and single inner hyphens; `None` otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        let ok = !text.is_empty()
            && text.len() <= Self::MAX
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--")
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        ok.then(|| Self(text.to_owned()))
    }

    /// Makes a slug from a name: umlauts are written out, anything else that is not a letter or a
    /// digit becomes a hyphen. A name without any usable character gives `eintrag`.
    pub fn from_name(name: &str) -> Self {
        let mut slug = String::new();
        for c in name.to_lowercase().chars() {
            let plain: &str = match c {
                'ä' => "ae",
                'ö' => "oe",
                'ü' => "ue",
                'ß' => "ss",
                'é' | 'è' | 'ê' => "e",
                'á' | 'à' | 'â' => "a",
                'ó' | 'ò' | 'ô' => "o",
                'ú' | 'ù' | 'û' => "u",
                'ç' => "c",
                c if c.is_ascii_alphanumeric() => {
                    slug.push(c);
                    continue;
                }
                _ => "-",
            };
            if plain != "-" || !(slug.is_empty() || slug.ends_with('-')) {
                slug.push_str(plain);
            }
        }
        // Room for a number behind it keeps later slugs of the same name within the bound.
        slug.truncate(Self::MAX - 8);
        let slug = slug.trim_matches('-');
        Self(if slug.is_empty() { "eintrag".to_owned() } else { slug.to_owned() })
    }

    /// The slug of an entry: its name, and its place where the name does not say it.
    pub fn of_entry(name: &str, place: &str) -> Self {
        let slug = Self::from_name(name);
        let has_place =
            place.is_empty() || format!("-{slug}-").contains(&format!("-{}-", Self::from_name(place)));
        if has_place { slug } else { Self::from_name(&format!("{name} {place}")) }
    }

    /// The same slug with a number behind it, for the second entry of a name.
    #[must_use]
    pub fn numbered(&self, number: usize) -> Self {
        Self(format!("{}-{number}", self.0))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Slug;

    #[test]
    fn a_name_becomes_a_readable_slug() {
        let slug = Slug::from_name("Altenpflegeheim \"Haus Eldetal\", Lübz");
        assert_eq!(slug.as_str(), "altenpflegeheim-haus-eldetal-luebz");
        assert_eq!(Slug::parse(slug.as_str()), Some(slug));
    }

    #[test]
    fn a_name_without_letters_still_has_a_slug() {
        assert_eq!(Slug::from_name("!!!").as_str(), "eintrag");
    }

    #[test]
    fn markup_is_no_slug() {
        for text in ["", "-a", "a-", "a--b", "A", "a/b", "<script>", "ä"] {
            assert_eq!(Slug::parse(text), None, "{text}");
        }
    }
}
