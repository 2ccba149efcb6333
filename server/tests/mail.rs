//! Mail: from the queue of both engines to a mail server, whatever that one does.

mod support;

#[path = "mail/outage.rs"]
mod outage;
#[path = "mail/post_office.rs"]
mod post_office;
#[path = "mail/queue.rs"]
mod queue;
#[path = "capacity/world.rs"]
#[allow(dead_code, reason = "somebody who is reminded is enough here")]
mod world;
