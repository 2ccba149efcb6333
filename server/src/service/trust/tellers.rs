//! Who has said today that a place was not free after all: so that one network counts once. What is kept are keyed
//! hashes, in memory, and the key is thrown away at midnight: nobody can say later who it was.

use std::{
    collections::{HashMap, HashSet},
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use sha2::{Digest, Sha256};
use time::Date;

/// Most reports that one network says it of in a day.
const MOST_OF_NETWORK: usize = 10;
/// Most that are remembered of a day: then it is enough for that day, and memory stays bounded.
const MOST: usize = 20_000;
/// Bytes of a block of SHA-256.
const BLOCK: usize = 64;

/// Stands for a network, or for what it said, as long as the key is there.
type Mark = [u8; 16];

/// Why somebody does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Uncounted {
    /// The same network has said the same today.
    Already,
    /// The network has said enough for today, or all together have.
    TooOften,
    /// The machine gives no random bits.
    NoKey,
}

struct Day {
    date: Date,
    key: [u8; 32],
    said: HashSet<Mark>,
    networks: HashMap<Mark, usize>,
}

/// The memory of one day.
#[derive(Default)]
pub(super) struct Tellers(Mutex<Option<Day>>);

impl Tellers {
    /// Counts a network for a report on a date in Berlin, if that becomes lasting: see [`Admission::stands`].
    pub(super) fn admit(
        &self,
        network: IpAddr,
        report: i64,
        today: Date,
    ) -> Result<Admission<'_>, Uncounted> {
        let mut day = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if day.as_ref().is_none_or(|day| day.date != today) {
            let mut key = [0; 32];
            getrandom::fill(&mut key).map_err(|_| Uncounted::NoKey)?;
            *day = Some(Day { date: today, key, said: HashSet::new(), networks: HashMap::new() });
        }
        let Some(day) = &mut *day else { return Err(Uncounted::NoKey) };
        let (whole, said) = day.marks(network, report);
        if day.said.contains(&said) {
            return Err(Uncounted::Already);
        }
        let so_far = day.networks.get(&whole).copied().unwrap_or_default();
        if so_far >= MOST_OF_NETWORK || day.said.len() >= MOST {
            return Err(Uncounted::TooOften);
        }
        day.said.insert(said);
        day.networks.insert(whole, so_far + 1);
        Ok(Admission { tellers: self, date: today, marks: (whole, said), stands: false })
    }

    /// Throws the key of another day away, with everything that it made.
    pub(super) fn forget(&self, today: Date) {
        let mut day = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if day.as_ref().is_some_and(|day| day.date != today) {
            *day = None;
        }
    }

    /// Whether a key is there.
    pub(super) fn has_key(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

/// Somebody counts, unless it is dropped before it stands: what was not written may be said again.
pub(super) struct Admission<'a> {
    tellers: &'a Tellers,
    date: Date,
    marks: (Mark, Mark),
    stands: bool,
}

impl Admission<'_> {
    /// It is written down, and counts.
    pub(super) fn stands(mut self) {
        self.stands = true;
    }
}

impl Drop for Admission<'_> {
    fn drop(&mut self) {
        if self.stands {
            return;
        }
        let mut day = self.tellers.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(day) = day.as_mut().filter(|day| day.date == self.date) else { return };
        let (whole, said) = &self.marks;
        if day.said.remove(said)
            && let Some(count) = day.networks.get_mut(whole)
        {
            *count -= 1;
        }
    }
}

impl Day {
    /// What stands for a network, and for what it says of a report.
    fn marks(&self, network: IpAddr, report: i64) -> (Mark, Mark) {
        let network = household_of(network);
        let said = [network.as_slice(), &report.to_be_bytes()].concat();
        (short(hmac(&self.key, &network)), short(hmac(&self.key, &said)))
    }
}

/// Whoever has one address of IPv6 at home has the whole /56, as German lines are given it.
fn household_of(network: IpAddr) -> Vec<u8> {
    match network.to_canonical() {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets()[..7].to_vec(),
    }
}

fn short(digest: [u8; 32]) -> Mark {
    let mut mark = Mark::default();
    mark.copy_from_slice(&digest[..16]);
    mark
}

/// HMAC-SHA-256 (RFC 2104) with a key that is no longer than a block.
fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let pad = |byte: u8| {
        let mut block = [byte; BLOCK];
        for (own, part) in block.iter_mut().zip(key) {
            *own ^= part;
        }
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 07 - 01);

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    /// Says something that stands.
    fn admit(tellers: &Tellers, network: IpAddr, report: i64, today: Date) -> Result<(), Uncounted> {
        tellers.admit(network, report, today).map(Admission::stands)
    }

    #[test]
    fn the_hash_is_that_of_the_standard() {
        // RFC 4231, test case 2, its key filled with zeros as the standard fills it.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let digest = hmac(&key, b"what do ya want for nothing?");
        let expected = [
            0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24, 0x26, 0x08, 0x95, 0x75, 0xc7,
            0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43,
        ];
        assert_eq!(digest, expected);
    }

    #[test]
    fn a_network_counts_once_a_day_for_each_report() {
        let tellers = Tellers::default();
        assert_eq!(admit(&tellers, ip("192.0.2.1"), 7, TODAY), Ok(()));
        assert_eq!(admit(&tellers, ip("::ffff:192.0.2.1"), 7, TODAY), Err(Uncounted::Already));
        assert_eq!(admit(&tellers, ip("192.0.2.1"), 8, TODAY), Ok(()));
        assert_eq!(admit(&tellers, ip("192.0.2.2"), 7, TODAY), Ok(()));
        assert_eq!(admit(&tellers, ip("2001:db8::1"), 7, TODAY), Ok(()));
        assert_eq!(admit(&tellers, ip("2001:db8::ffff:9"), 7, TODAY), Err(Uncounted::Already));
        assert_eq!(admit(&tellers, ip("2001:db8:0:1::1"), 7, TODAY), Err(Uncounted::Already));
        assert_eq!(admit(&tellers, ip("2001:db8:0:100::1"), 7, TODAY), Ok(()));
        assert_eq!(admit(&tellers, ip("192.0.2.1"), 7, date!(2026 - 07 - 02)), Ok(()));
    }

    #[test]
    fn what_could_not_be_written_may_be_said_again() {
        let tellers = Tellers::default();
        for _ in 0..2 * MOST_OF_NETWORK {
            drop(tellers.admit(ip("192.0.2.1"), 7, TODAY).expect("counted for now"));
        }
    }

    #[test]
    fn a_network_that_says_it_of_everything_is_not_heard() {
        let tellers = Tellers::default();
        let counted = (0..100).filter(|report| admit(&tellers, ip("192.0.2.1"), *report, TODAY).is_ok());
        assert_eq!(counted.count(), MOST_OF_NETWORK);
        assert_eq!(admit(&tellers, ip("192.0.2.2"), 1, TODAY), Ok(()));
    }

    #[test]
    fn all_together_fill_no_memory() {
        let tellers = Tellers::default();
        let from = |n: u32| admit(&tellers, IpAddr::from(n.to_be_bytes()), 1, TODAY);
        let most = u32::try_from(MOST).expect("few");
        assert!((0..most).all(|n| from(n) == Ok(())));
        assert_eq!(from(most), Err(Uncounted::TooOften));
    }

    #[test]
    fn at_midnight_the_key_is_thrown_away_and_the_next_is_another() {
        let tellers = Tellers::default();
        let key = || tellers.0.lock().expect("a lock").as_ref().map(|day| day.key);
        admit(&tellers, ip("192.0.2.1"), 7, TODAY).expect("counted");
        let first = key();
        tellers.forget(TODAY);
        assert_eq!(key(), first);
        tellers.forget(date!(2026 - 07 - 02));
        assert_eq!(key(), None);
        admit(&tellers, ip("192.0.2.1"), 7, date!(2026 - 07 - 02)).expect("counted");
        assert_ne!(key(), first);
    }
}
