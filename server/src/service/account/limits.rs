//! How often somebody may try. Nobody can lock somebody else out: what is counted is a network, or an
//! account from one network; many networks that try one account are slowed down, and refused only at codes,
//! where whoever tries has had the password already.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use sha2::{Digest, Sha256};

/// A key of fixed size, so that long made-up addresses fill no memory.
pub(in crate::service) type Key = [u8; 16];

/// How long an attempt waits on an account that many networks try.
const PAUSE: Duration = Duration::from_secs(3);

pub(in crate::service) struct Limits {
    networks: DefaultKeyedRateLimiter<Key>,
    pairs: DefaultKeyedRateLimiter<Key>,
    accounts: DefaultKeyedRateLimiter<Key>,
    codes: DefaultKeyedRateLimiter<Key>,
    letters: DefaultKeyedRateLimiter<Key>,
    invitations: DefaultKeyedRateLimiter<Key>,
    uploads: DefaultKeyedRateLimiter<Key>,
    notices: DefaultKeyedRateLimiter<Key>,
    all_notices: DefaultKeyedRateLimiter<Key>,
    alerts: DefaultKeyedRateLimiter<Key>,
    all_alerts: DefaultKeyedRateLimiter<Key>,
    calls: AtomicUsize,
}

impl Limits {
    pub fn new() -> Self {
        Self {
            // An office behind one address.
            networks: limiter(60, Duration::from_secs(10)),
            pairs: limiter(8, Duration::from_mins(1)),
            accounts: limiter(30, Duration::from_mins(1)),
            codes: limiter(8, Duration::from_mins(1)),
            letters: limiter(3, Duration::from_hours(1)),
            invitations: limiter(30, Duration::from_mins(5)),
            uploads: limiter(60, Duration::from_mins(2)),
            notices: limiter(10, Duration::from_mins(10)),
            all_notices: limiter(200, Duration::from_mins(1)),
            alerts: limiter(15, Duration::from_mins(4)),
            all_alerts: limiter(300, Duration::from_secs(10)),
            calls: AtomicUsize::new(0),
        }
    }

    /// Counts an attempt: how long it has to wait, or `None` where it comes too often.
    pub fn attempt(&self, network: IpAddr, account: &str) -> Option<Duration> {
        let (network, account) = (network_of(network), account.trim().to_lowercase().into_bytes());
        // What is refused for one account does not count for the network.
        let all_fit = self.pairs.check_key(&key(&[&network, &account])).is_ok()
            && self.networks.check_key(&key(&[&network])).is_ok();
        self.forget_idle();
        if !all_fit {
            return None;
        }
        Some(if self.accounts.check_key(&key(&[&account])).is_ok() { Duration::ZERO } else { PAUSE })
    }

    /// Counts an attempt at a code; `None` where it comes too often. Whoever gets here knew the password, and
    /// six digits are few: here many networks are refused together.
    pub fn code(&self, network: IpAddr, account: &str) -> Option<()> {
        let (network, account) = (network_of(network), account.as_bytes());
        self.forget_idle();
        let fits = self.codes.check_key(&key(&[account])).is_ok()
            && self.networks.check_key(&key(&[&network])).is_ok();
        fits.then_some(())
    }

    /// Counts a letter that somebody asked for; `None`: this address got enough of them. Each kind of asking, and
    /// each person who asks, counts alone: nobody uses up the letters of somebody else.
    pub fn letter(&self, asked_by: &str, address: &str) -> Option<()> {
        self.forget_idle();
        self.letters.check_key(&key(&[asked_by.as_bytes(), address.as_bytes()])).ok()
    }

    /// Counts an invitation; `None`: this person has invited enough for now.
    pub fn invitation(&self, by: &str) -> Option<()> {
        self.invitations.check_key(&key(&[by.as_bytes()])).ok()
    }

    /// Counts a file; `None`: this person has sent enough for now.
    pub fn upload(&self, by: &str) -> Option<()> {
        self.uploads.check_key(&key(&[by.as_bytes()])).ok()
    }

    /// Counts a notice; `None`: this network has written enough for now.
    pub fn notice(&self, network: IpAddr) -> Option<()> {
        self.forget_idle();
        // Many networks together fill no queue.
        let fits = self.notices.check_key(&key(&[&network_of(network)])).is_ok()
            && self.all_notices.check_key(&Key::default()).is_ok();
        fits.then_some(())
    }

    /// Counts a wish to be told of something; `None`: this network has wished enough for now.
    pub fn alert(&self, network: IpAddr) -> Option<()> {
        self.forget_idle();
        // Many networks together do not make a cannon of the portal.
        let fits = self.alerts.check_key(&key(&[&network_of(network)])).is_ok()
            && self.all_alerts.check_key(&Key::default()).is_ok();
        fits.then_some(())
    }

    /// Keys that have all their attempts again need no memory.
    fn forget_idle(&self) {
        if self.calls.fetch_add(1, Ordering::Relaxed) % 1_000 != 999 {
            return;
        }
        for limiter in [
            &self.networks,
            &self.pairs,
            &self.accounts,
            &self.codes,
            &self.letters,
            &self.invitations,
            &self.uploads,
            &self.notices,
            &self.alerts,
        ] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

pub(in crate::service) fn limiter(burst: u32, replenish: Duration) -> DefaultKeyedRateLimiter<Key> {
    // Neither is zero, so there always is a quota.
    let quota = Quota::with_period(replenish).unwrap_or(Quota::per_minute(NonZeroU32::MIN));
    RateLimiter::keyed(quota.allow_burst(NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN)))
}

/// Whoever has one address of IPv6 has the whole /64.
pub(in crate::service) fn network_of(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets()[..8].to_vec(),
    }
}

pub(in crate::service) fn key(parts: &[&[u8]]) -> Key {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    let mut key = Key::default();
    key.copy_from_slice(&hasher.finalize()[..16]);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempts(limits: &Limits, network: &str, account: &str, times: usize) -> usize {
        let network = network.parse().expect("an address");
        (0..times).filter(|_| limits.attempt(network, account).is_some()).count()
    }

    #[test]
    fn whoever_tries_one_account_again_and_again_has_to_wait_and_nobody_else() {
        let limits = Limits::new();
        assert_eq!(attempts(&limits, "192.0.2.1", "a@heim.example", 20), 8);
        assert_eq!(attempts(&limits, "192.0.2.1", " A@heim.example ", 1), 0);
        assert_eq!(attempts(&limits, "192.0.2.2", "a@heim.example", 1), 1);
        assert_eq!(attempts(&limits, "192.0.2.1", "b@heim.example", 1), 1);
    }

    #[test]
    fn one_network_tries_so_many_accounts_and_no_more() {
        let limits = Limits::new();
        let tried = (0..200).map(|n| attempts(&limits, "2001:db8::1", &format!("{n}@heim.example"), 1));
        assert_eq!(tried.sum::<usize>(), 60);
        assert_eq!(attempts(&limits, "2001:db8::ffff:2", "x@heim.example", 1), 0);
        assert_eq!(attempts(&limits, "2001:db8:0:1::1", "x@heim.example", 1), 1);
    }

    #[test]
    fn many_networks_guess_no_more_codes_than_one() {
        let limits = Limits::new();
        let tried = (0..100).filter(|n| limits.code(IpAddr::from([198, 51, 100, *n]), "a").is_some());
        assert_eq!(tried.count(), 8);
        assert_eq!(limits.code(IpAddr::from([198, 51, 100, 1]), "b"), Some(()));
    }

    #[test]
    fn many_networks_slow_an_account_down_but_lock_nobody_out() {
        let limits = Limits::new();
        let from = |n: u8| limits.attempt(IpAddr::from([198, 51, 100, n]), "a@heim.example");
        assert!((0..30).all(|n| from(n) == Some(Duration::ZERO)));
        assert_eq!(from(99), Some(PAUSE));
    }
}
