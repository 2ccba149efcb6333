//! How often programs may call.

use std::{net::IpAddr, time::Duration};

use app::domain::ids::ApiTokenId;
use governor::DefaultKeyedRateLimiter;

use crate::service::account::limits::{Key, key, limiter, network_of};

/// How long a program waits that has called too often, in seconds.
pub const CALL_AGAIN: u32 = 1;
/// The same for a network whose programs have no access.
pub const FAIL_AGAIN: u32 = 10;

pub(super) struct TokenLimits {
    calls: DefaultKeyedRateLimiter<Key>,
    failures: DefaultKeyedRateLimiter<Key>,
}

impl TokenLimits {
    pub fn new() -> Self {
        Self {
            // 120 in a minute, and as many at once.
            calls: limiter(120, Duration::from_millis(500)),
            failures: limiter(30, Duration::from_secs(u64::from(FAIL_AGAIN))),
        }
    }

    /// Counts a call; `None` where it comes too often.
    pub fn call(&self, token: ApiTokenId) -> Option<()> {
        self.calls.check_key(&key(&[token.0.as_bytes()])).ok()
    }

    /// Counts a call that showed no access of ours; `None`: this network has tried enough for now. Programs behind the
    /// same address that do have one are not counted here.
    pub fn failure(&self, network: IpAddr) -> Option<()> {
        if self.failures.len() > MOST_KEPT {
            self.failures.retain_recent();
        }
        self.failures.check_key(&key(&[&network_of(network)])).ok()
    }
}

/// Networks above which those are forgotten that have waited long enough.
const MOST_KEPT: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_program_that_calls_too_often_waits_and_no_other_does() {
        let limits = TokenLimits::new();
        let calls = |token: u128| {
            (0..500).filter(|_| limits.call(ApiTokenId(Uuid::from_u128(token))).is_some()).count()
        };
        assert!((120..500).contains(&calls(1)));
        assert!(calls(2) >= 120);
    }

    #[test]
    fn a_network_guesses_so_often_and_no_more() {
        let limits = TokenLimits::new();
        let tries =
            |network: [u8; 4]| (0..100).filter(|_| limits.failure(IpAddr::from(network)).is_some()).count();
        assert!((30..100).contains(&tries([192, 0, 2, 1])));
        assert!(tries([192, 0, 2, 2]) >= 30);
    }
}
