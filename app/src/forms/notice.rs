//! What somebody without an account writes to the county.

use super::{Reader, Typed};
use crate::{
    components::form::Problem,
    domain::{
        account::Email,
        notice::{Notice, NoticeKind},
    },
    text::account::NO_EMAIL,
};

/// What was typed, fit to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeTexts {
    /// For kinds that name one.
    pub organization_name: Option<String>,
    pub name: Option<String>,
    pub email: Option<Email>,
    pub text: String,
}

/// Reads the form of a kind.
///
/// # Errors
/// What is wrong with it.
pub fn read_notice(kind: NoticeKind, typed: &Typed) -> Result<NoticeTexts, Vec<Problem>> {
    let mut reader = Reader { typed, problems: Vec::new() };
    let organization_name = kind
        .names_organization()
        .then(|| reader.wanted("traeger", Some("Bitte nennen Sie den Namen Ihres Trägers.")))
        .flatten();
    let needs = |missing| kind.needs_sender().then_some(missing);
    let name = reader.wanted("name", needs("Bitte nennen Sie Ihren Namen."));
    let missing = needs("Bitte nennen Sie eine E-Mail-Adresse, unter der wir Sie erreichen.");
    let typed_email = reader.wanted("email", missing);
    let email = typed_email.as_deref().and_then(Email::parse);
    if typed_email.is_some() && email.is_none() {
        reader.problem("email", NO_EMAIL);
    }
    let text = reader.lines("text", Notice::MAX_TEXT).unwrap_or_default();
    if text.is_empty() {
        reader.problem("text", "Bitte schreiben Sie uns, worum es geht.");
    }
    if reader.problems.is_empty() {
        Ok(NoticeTexts { organization_name, name, email, text })
    } else {
        Err(reader.problems)
    }
}

impl Reader<'_> {
    /// One line that may have to be there: then `missing` says so.
    fn wanted(&mut self, field: &'static str, missing: Option<&'static str>) -> Option<String> {
        let text = self.line(field, Notice::MAX_NAME);
        if let (None, Some(missing)) = (&text, missing) {
            self.problem(field, missing);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Typed {
        Typed(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn each_kind_asks_for_what_it_needs_and_keeps_nothing_else() {
        let fields = |problems: Vec<Problem>| -> Vec<_> {
            problems.into_iter().map(|problem| problem.field.into_owned()).collect()
        };
        let asked = |kind| fields(read_notice(kind, &typed(&[])).expect_err("nothing was typed"));
        assert_eq!(asked(NoticeKind::Wrong), ["text"]);
        assert_eq!(asked(NoticeKind::Decline), ["name", "email", "text"]);
        assert_eq!(asked(NoticeKind::Claim), ["traeger", "name", "email", "text"]);
        let written = typed(&[("text", "Zu."), ("traeger", "Aue"), ("email", " A@B.de ")]);
        let read = read_notice(NoticeKind::Wrong, &written).expect("it will do");
        assert_eq!((read.organization_name, read.name), (None, None));
        assert_eq!(read.email.map(|own| own.to_string()).as_deref(), Some("a@b.de"));
    }

    #[test]
    fn what_is_no_address_or_too_long_is_said_once() {
        let (long, name) = ("x".repeat(Notice::MAX_TEXT + 1), "y".repeat(Notice::MAX_NAME + 1));
        let written = typed(&[("text", &long), ("name", &name), ("email", "a@b\r\nBcc: c@d.de")]);
        let problems = read_notice(NoticeKind::Wrong, &written).expect_err("nothing of it will do");
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_ref()).collect();
        assert_eq!(fields, ["name", "email", "text"]);
        assert_eq!(problems[1].text, NO_EMAIL);
    }
}
