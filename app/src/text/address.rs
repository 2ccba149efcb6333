//! Addresses, telephone numbers and links, made safe to follow.

use crate::domain::{
    facility::Address,
    place::{Position, PostalCode},
};

/// "19370 Parchim", "19370 Parchim, Slate"; empty where nothing is known.
pub fn town(postal_code: Option<&str>, municipality: Option<&str>, locality: Option<&str>) -> String {
    let town = [postal_code, municipality].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let locality = locality.filter(|l| Some(*l) != municipality);
    [Some(town.as_str()).filter(|t| !t.is_empty()), locality]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// The town of an address.
pub fn town_of(address: &Address) -> String {
    town(
        address.postal_code.as_ref().map(PostalCode::as_str),
        address.municipality.as_ref().map(|m| m.name.as_str()),
        address.locality.as_deref(),
    )
}

/// A `tel:` address; `None` for what is no number.
pub fn tel(phone: &str) -> Option<String> {
    let plus = phone.trim_start().starts_with('+');
    // "+49 (0) 38731": the bracketed zero is not dialled from abroad.
    let phone = if plus { phone.replace("(0)", "") } else { phone.to_owned() };
    let end = phone.find(|c: char| c.is_alphabetic() || c == ',' || c == ';').unwrap_or(phone.len());
    let digits: String = phone[..end].chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 3).then(|| format!("tel:{}{digits}", if plus { "+" } else { "" }))
}

/// A `geo:` address that maps on the phone open; `None` without a position.
pub fn geo(position: Option<Position>, label: &str) -> Option<String> {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    let Position { lat, lon } = position?;
    let label = utf8_percent_encode(label, NON_ALPHANUMERIC);
    Some(format!("geo:{lat:.5},{lon:.5}?q={lat:.5},{lon:.5}({label})"))
}

/// A link to follow: `http` and `https` only; a bare host gets `https`. `None` for anything else.
pub fn web(address: &str) -> Option<String> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let clean = !address.is_empty() && !address.contains(|c: char| c.is_whitespace() || c.is_control());
    if !clean {
        None
    } else if lower.starts_with("https://") || lower.starts_with("http://") {
        Some(address.to_owned())
    } else if !lower.contains(':')
        && lower.contains('.')
        && lower.starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        Some(format!("https://{address}"))
    } else {
        None
    }
}

/// The host of a link, as people read it.
pub fn host(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// A `mailto:` address; `None` for what is no e-mail address.
pub fn mail(email: &str) -> Option<String> {
    let email = email.trim();
    let (name, host) = email.split_once('@')?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let ok = !name.is_empty() && host.contains('.') && name.chars().all(plain) && host.chars().all(plain);
    ok.then(|| format!("mailto:{email}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_becomes_something_to_dial() {
        for (typed, link) in [
            ("038731 / 22-110", Some("tel:03873122110")),
            ("+49 (0) 38731 22110", Some("tel:+493873122110")),
            ("03871 123, Frau A.", Some("tel:03871123")),
            ("112", Some("tel:112")),
            ("siehe Website", None),
            ("", None),
        ] {
            assert_eq!(tel(typed).as_deref(), link, "{typed}");
        }
    }

    #[test]
    fn only_web_addresses_become_links() {
        for (typed, link) in [
            ("https://example.org/a?b", Some("https://example.org/a?b")),
            ("www.example.org", Some("https://www.example.org")),
            ("HTTP://example.org", Some("HTTP://example.org")),
            ("javascript:alert(1)", None),
            ("java\nscript:alert(1)", None),
            ("data:text/html,x", None),
            ("//example.org", None),
            ("ohne", None),
        ] {
            assert_eq!(web(typed).as_deref(), link, "{typed}");
        }
        assert_eq!(host("https://www.example.org/a"), "example.org");
    }

    #[test]
    fn mail_addresses_carry_nothing_else() {
        assert_eq!(mail("info@example.org").as_deref(), Some("mailto:info@example.org"));
        assert_eq!(mail("info@example.org?bcc=x@y.de"), None);
        assert_eq!(mail("keine"), None);
    }

    #[test]
    fn a_town_names_its_locality_once() {
        assert_eq!(town(Some("19370"), Some("Parchim"), Some("Slate")), "19370 Parchim, Slate");
        assert_eq!(town(None, Some("Parchim"), Some("Parchim")), "Parchim");
        assert_eq!(town(None, None, None), "");
    }
}
