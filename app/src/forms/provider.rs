//! Who answers for it in law.

use super::{LINE, Reader, Typed};
use crate::domain::facility::{Facility, LegalParticulars};

pub(super) fn write(facility: &Facility) -> Typed {
    let mut typed = Typed::default();
    let legal = &facility.legal;
    typed.set_optional("eigentuemer", facility.owner.as_ref());
    typed.set_optional("rechtsform", legal.legal_form.as_ref());
    typed.set_optional("vertretung", legal.represented_by.as_ref());
    typed.set_optional("register", legal.register.as_ref());
    typed.set_optional("aufsicht", legal.supervisory_authority.as_ref());
    typed.set_optional("ik", legal.institution_code.as_ref());
    typed
}

pub(super) fn read(reader: &mut Reader<'_>, facility: &mut Facility) {
    facility.owner = reader.line("eigentuemer", LINE);
    let before = facility.legal.institution_code.clone();
    let nine_digits = |text: &str| {
        let digits = text.replace(' ', "");
        (digits.len() == 9 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
    };
    facility.legal = LegalParticulars {
        legal_form: reader.line("rechtsform", LINE),
        represented_by: reader.line("vertretung", LINE),
        register: reader.line("register", LINE),
        supervisory_authority: reader.line("aufsicht", LINE),
        institution_code: reader.checked_text(
            "ik",
            before.as_ref(),
            nine_digits,
            "Ein Institutionskennzeichen hat neun Ziffern.",
        ),
    };
}
