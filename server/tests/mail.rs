//! Mail: from the queue of both engines to a mail server, whatever that one does.

mod support;

#[path = "mail/post_office.rs"]
mod post_office;
#[path = "mail/queue.rs"]
mod queue;
