//! `/postausgang`: in an example portal, the mails that it would have sent.

use leptos::prelude::*;

use super::page;
use crate::{domain::account::Email, shell::Site};

/// A mail as the page shows it.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    pub recipient: Email,
    pub subject: String,
    pub text: String,
    /// When it was written, in words.
    pub written: String,
}

/// The newest mails first.
pub fn outbox(site: &Site, mails: Vec<OutboxRow>) -> String {
    page(site, "Postausgang", false, move || {
        let is_empty = mails.is_empty();
        let rows = mails
            .into_iter()
            .map(|mail| {
                view! {
                    <li class="outbox__mail">
                        <h2>{mail.subject}</h2>
                        <p class="account__small">{format!("An {}, {}", mail.recipient, mail.written)}</p>
                        <div class="outbox__text">{lines(&mail.text)}</div>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="wrap narrow account">
                <h1>"Postausgang des Beispiels"</h1>
                <p class="lead">
                    "Ein Portal mit Mailserver verschickt diese E-Mails. Hier im Beispiel bleiben sie liegen, und jede Person kann sie lesen."
                </p>
                {is_empty.then(|| view! { <p>"Es liegt keine E-Mail da."</p> })}
                <ul class="outbox">{rows}</ul>
            </div>
        }
        .into_any()
    })
}

/// The lines of a text; one that is a web address can be followed.
fn lines(text: &str) -> Vec<AnyView> {
    text.lines()
        .map(|line| {
            let line = line.to_owned();
            if line.starts_with("https://") || line.starts_with("http://") {
                let link = line.clone();
                view! { <a href=link>{line}</a> <br /> }.into_any()
            } else {
                view! { {line} <br /> }.into_any()
            }
        })
        .collect()
}
