//! Merkliste: facilities somebody compares. It lives in the browser and in links, never in the store.

use uuid::Uuid;

use super::ids::FacilityId;

/// A list as a link says it. Reading one never fails: what makes no sense is left out and counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shortlist {
    /// In the order of the reader; at most [`Shortlist::MOST`], each once.
    pub ids: Vec<FacilityId>,
    /// How many entries were unreadable, repeated or too many; counts up to [`Shortlist::COUNTED`].
    pub left_out: usize,
    /// The facility that was taken off last and where it stood, for whoever wants it back.
    pub removed: Option<(FacilityId, usize)>,
}

/// Letters of a short id, as in base64url: nothing that an address would have to escape.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// Letters of six bits that 128 bits take.
const LENGTH: usize = 22;
/// Stands for an entry that was left out, where a list is written again.
const LEFT_OUT: &str = "x";

impl Shortlist {
    /// Most facilities of a list.
    pub const MOST: usize = 20;
    /// Entries that were left out are counted up to here.
    pub const COUNTED: usize = 99;

    /// Reads ids, short or as UUIDs, between full stops, commas or blanks.
    pub fn parse(text: &str) -> Self {
        let mut list = Self::default();
        for entry in text.split(['.', ',', ' ', ';']).filter(|entry| !entry.is_empty()) {
            match parse_id(entry) {
                Some(id) if list.ids.len() < Self::MOST && !list.ids.contains(&id) => list.ids.push(id),
                _ => list.left_out = (list.left_out + 1).min(Self::COUNTED),
            }
        }
        list
    }

    /// The list as a link says it, with a mark for each entry that was left out.
    pub fn to_text(&self) -> String {
        let mut entries: Vec<String> = self.ids.iter().map(|id| short(*id)).collect();
        entries.extend((0..self.left_out).map(|_| LEFT_OUT.to_owned()));
        entries.join(".")
    }
}

/// Ids as a link says them.
pub fn to_text(ids: &[FacilityId]) -> String {
    ids.iter().map(|id| short(*id)).collect::<Vec<_>>().join(".")
}

/// The list with one more at its end.
pub fn with(ids: &[FacilityId], id: FacilityId) -> Vec<FacilityId> {
    let mut ids: Vec<FacilityId> = ids.to_vec();
    if !ids.contains(&id) {
        ids.push(id);
    }
    ids
}

/// The list with one more at a position, or at the end where there is no such position.
pub fn with_at(ids: &[FacilityId], id: FacilityId, at: usize) -> Vec<FacilityId> {
    let mut ids = without(ids, id);
    ids.insert(at.min(ids.len()), id);
    ids
}

/// The list without one.
pub fn without(ids: &[FacilityId], id: FacilityId) -> Vec<FacilityId> {
    ids.iter().copied().filter(|other| *other != id).collect()
}

/// The list with the entries at two positions exchanged.
pub fn exchanged(ids: &[FacilityId], one: usize, other: usize) -> Vec<FacilityId> {
    let mut ids = ids.to_vec();
    if one < ids.len() && other < ids.len() {
        ids.swap(one, other);
    }
    ids
}

/// An id in 22 letters, the same for ever.
pub fn short(id: FacilityId) -> String {
    let number = id.0.as_u128();
    (0..LENGTH).rev().map(|at| char::from(LETTERS[((number >> (6 * at)) & 63) as usize])).collect()
}

/// Reads a short id or a UUID.
pub fn parse_id(text: &str) -> Option<FacilityId> {
    if text.len() != LENGTH {
        return matches!(text.len(), 32 | 36).then(|| Uuid::try_parse(text).ok().map(FacilityId)).flatten();
    }
    let mut number: u128 = 0;
    for (at, letter) in text.bytes().enumerate() {
        let digit = LETTERS.iter().position(|known| *known == letter)?;
        // 22 letters hold four bits more than an id has.
        if at == 0 && digit >= 4 {
            return None;
        }
        number = (number << 6) | digit as u128;
    }
    Some(FacilityId(Uuid::from_u128(number)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(number: u128) -> FacilityId {
        FacilityId(Uuid::from_u128(number))
    }

    #[test]
    fn ids_may_be_short_or_uuids() {
        let both = format!("{},{}", short(id(7)), id(8));
        assert_eq!(Shortlist::parse(&both).ids, [id(7), id(8)]);
        assert_eq!(short(id(u128::MAX)), "D_____________________");
    }

    #[test]
    fn what_is_no_id_or_repeated_or_too_much_is_left_out_and_counted() {
        let text = format!("{}.<script>.{}..x,' OR 1=1", short(id(1)), id(1));
        let list = Shortlist::parse(&text);
        assert_eq!((list.ids.as_slice(), list.left_out), ([id(1)].as_slice(), 6));
        assert_eq!(Shortlist::parse(&list.to_text()), list);
        let many: Vec<String> = (0..30).map(|n| short(id(n))).collect();
        let list = Shortlist::parse(&many.join("."));
        assert_eq!((list.ids.len(), list.left_out), (Shortlist::MOST, 10));
        assert_eq!(Shortlist::parse(&"x.".repeat(5000)).left_out, Shortlist::COUNTED);
    }

    #[test]
    fn a_list_is_changed_without_losing_its_order() {
        let ids = [id(1), id(2), id(3)];
        assert_eq!(with(&ids, id(2)), ids);
        assert_eq!(with_at(&[id(1), id(3)], id(2), 1), ids);
        assert_eq!(with_at(&[], id(2), 7), [id(2)]);
        assert_eq!(without(&ids, id(2)), [id(1), id(3)]);
        assert_eq!(exchanged(&ids, 0, 1), [id(2), id(1), id(3)]);
        assert_eq!(exchanged(&ids, 2, 3), ids);
    }

    proptest! {
        #[test]
        fn every_id_is_written_and_read_back(number: u128) {
            prop_assert_eq!(parse_id(&short(id(number))), Some(id(number)));
        }

        #[test]
        fn any_text_is_read(text in ".{0,300}") {
            let list = Shortlist::parse(&text);
            prop_assert_eq!(Shortlist::parse(&list.to_text()), list);
        }
    }
}
