//! Where citizens wish to be told when something becomes free.

use super::with_query;
use crate::domain::search::SearchQuery;

pub const ALERTS: &str = "/benachrichtigen";
pub const ALERTS_SENT: &str = "/benachrichtigen/unterwegs";
pub const ALERTS_END: &str = "/benachrichtigen/beenden";
pub const ALERTS_ENDED: &str = "/benachrichtigen/beendet";

/// Where somebody wishes to be told when what they search for becomes free.
pub fn alert(query: &SearchQuery) -> String {
    with_query(ALERTS, query)
}

/// Where alerts are confirmed, seen and ended, with what the link in the mail holds.
pub fn alert_link(secret: &str) -> String {
    format!("{ALERTS}/{secret}")
}
