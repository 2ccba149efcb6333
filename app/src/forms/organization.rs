//! An organization as the county keeps it: name, association, ways to reach it.

use super::{LINE, Problem, Reader, Typed};
use crate::{domain::organization::Organization, text::changes::Change};

/// Fields with their labels, in their order on the page.
pub const LABELS: [(&str, &str); 5] = [
    ("name", "Name"),
    ("dachverband", "Dachverband"),
    ("telefon", "Telefon"),
    ("email", "E-Mail"),
    ("website", "Website"),
];

/// What the form shows.
pub fn write(organization: &Organization) -> Typed {
    let mut typed = Typed::default();
    typed.set("name", &organization.name);
    typed.set_optional("dachverband", organization.umbrella.as_ref());
    typed.set_optional("telefon", organization.phone.as_ref());
    typed.set_optional("email", organization.email.as_ref());
    typed.set_optional("website", organization.website.as_ref());
    typed
}

/// Sets what somebody typed.
///
/// # Errors
/// What is wrong with it; the organization is then half-way and good for nothing.
pub fn read(typed: &Typed, organization: &mut Organization) -> Result<(), Vec<Problem>> {
    let mut reader = Reader { typed, problems: Vec::new() };
    match reader.line("name", LINE) {
        // Letters make the address.
        Some(name) if name.chars().any(char::is_alphanumeric) => organization.name = name,
        _ => reader.problem("name", "Bitte nennen Sie den Namen des Trägers."),
    }
    organization.umbrella = reader.line("dachverband", LINE);
    organization.phone = reader.phone("telefon", organization.phone.clone().as_ref());
    organization.email = reader.email("email", organization.email.clone().as_ref());
    organization.website = reader.website("website", organization.website.clone().as_ref());
    if reader.problems.is_empty() { Ok(()) } else { Err(reader.problems) }
}

/// What two forms say different things of.
pub fn changes(before: &Typed, after: &Typed) -> Vec<Change> {
    let change = |(field, label): (&str, &str)| Change {
        label: label.to_owned(),
        before: before.get(field).trim().to_owned(),
        after: after.get(field).trim().to_owned(),
    };
    LABELS.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::organization;

    #[test]
    fn what_is_shown_and_sent_back_changes_nothing() {
        let before = Organization { phone: Some("06851 1".to_owned()), ..organization() };
        let mut after = before.clone();
        assert_eq!(read(&write(&before), &mut after), Ok(()));
        assert_eq!(before, after);
        assert!(changes(&write(&before), &write(&after)).is_empty());
    }

    #[test]
    fn what_cannot_be_used_is_named_by_its_field() {
        let typed = |name: &str, value: &str| Typed(vec![(name.to_owned(), value.to_owned())]);
        let refused = |typed: Typed| {
            let problems = read(&typed, &mut organization()).expect_err("refused");
            problems.into_iter().map(|problem| problem.field.into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(refused(Typed::default()), ["name"]);
        assert_eq!(refused(typed("name", " \u{200b}– ")), ["name"]);
        assert_eq!(refused(typed("name", &"ä".repeat(300))), ["name"]);
        assert_eq!(refused(typed("email", "keine")), ["name", "email"]);
        assert_eq!(refused(typed("website", "javascript:alert(1)")), ["name", "website"]);
    }
}
