//! `/kreis/hinweise`: what people without an account wrote.

use leptos::prelude::*;

use super::named;
use crate::{
    components::{
        fields::Fields,
        form::{self, Problem},
    },
    domain::{
        notice::{Notice, NoticeKind, NoticeState},
        now::Now,
        organization::Organization,
    },
    forms::Typed,
    pages::editing::{back, page},
    routes,
    shell::Site,
    text::{dates, editing as words},
};

/// Notices that are handled.
pub fn notices(site: &Site, all: Vec<Notice>, now: Now) -> String {
    page(site, "Erledigte Hinweise und Anträge", false, move || {
        let is_empty = all.is_empty();
        let rows = all
            .into_iter()
            .map(|notice| {
                let name = notice.about.as_ref().map(|about| about.name.clone());
                let name = name.or(notice.organization_name.clone()).unwrap_or_default();
                let when = notice.handled_at.map(|at| dates::ago(at, now.berlin_date)).unwrap_or_default();
                let by = named(notice.handled_by.as_ref());
                view! {
                    <li class="account__session">
                        <div>
                            <p>
                                <a href=routes::notice(notice.id)>{name}</a>
                            </p>
                            <p class="account__small">{format!("{}, erledigt {when}{by}", words::notice_kind(notice.kind))}</p>
                        </div>
                        <span class="badge">{result(&notice)}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Erledigte Hinweise und Anträge"</h1>
                {is_empty.then(|| view! { <p>"Noch keine."</p> })}
                <ul class="account__sessions">{rows}</ul>
            </div>
        }
        .into_any()
    })
}

fn result(notice: &Notice) -> &'static str {
    match (notice.state, notice.kind) {
        (NoticeState::Open, _) => "offen",
        (NoticeState::Accepted, NoticeKind::Wrong) => "bearbeitet",
        (NoticeState::Accepted, _) => "angenommen",
        (NoticeState::Refused, NoticeKind::Wrong) => "nichts geändert",
        (NoticeState::Refused, _) => "abgelehnt",
    }
}

/// One notice.
#[derive(Clone, Debug)]
pub struct NoticePage {
    pub notice: Notice,
    /// Who runs the entry now, for a claim.
    pub runs: Option<Organization>,
    /// An organization of this name is known already.
    pub known: Option<Organization>,
    pub typed: Typed,
    pub problems: Vec<Problem>,
    pub now: Now,
}

/// What somebody wrote, and the decision.
pub fn notice(site: &Site, shown: NoticePage) -> String {
    let has_mail = site.portal.has_mail();
    let title = words::notice_kind(shown.notice.kind);
    page(site, title, !shown.problems.is_empty(), move || {
        let NoticePage { notice, runs, known, typed, problems, now } = shown;
        let fields = Fields { typed: &typed, problems: &problems };
        let about = notice.about.clone().map(|about| {
            view! {
                <p>
                    "Eintrag: "
                    <a href=routes::entry(&about.slug)>{about.name}</a>
                </p>
            }
        });
        let sender: Vec<String> = [
            notice.organization_name.clone(),
            notice.name.clone(),
            notice.email.as_ref().map(ToString::to_string),
        ]
        .into_iter()
        .flatten()
        .collect();
        let sender = if sender.is_empty() { "ohne Namen und Adresse".to_owned() } else { sender.join(", ") };
        let when = dates::ago(notice.created_at, now.berlin_date);
        let open = notice.state == NoticeState::Open;
        let answered = notice.answer.clone().map(|answer| {
            view! {
                <h2>"Antwort"</h2>
                <blockquote class="prose reason">{answer}</blockquote>
            }
        });
        let (yes, no) = match notice.kind {
            NoticeKind::Wrong => ("Erledigt", "Nichts zu ändern"),
            NoticeKind::Claim => ("Annehmen und Leitung einladen", "Ablehnen"),
            NoticeKind::Decline => ("Annehmen und nicht mehr zeigen", "Ablehnen"),
            NoticeKind::Registration => ("Annehmen und einladen", "Ablehnen"),
        };
        let will_answer = notice.email.is_some() && has_mail;
        let hint = match (will_answer, notice.email.is_some()) {
            (true, _) => "Geht als E-Mail an die Person.",
            (false, true) => "Dieses Portal verschickt keine E-Mails. Bitte schreiben Sie der Person selbst.",
            (false, false) => "Bleibt hier stehen; die Person hat keine Adresse hinterlassen.",
        };
        let owner = runs.map(|runs| {
            let keep = format!("{} bleibt Träger", runs.name);
            let change = format!("Neuer Träger: {}", notice.organization_name.clone().unwrap_or_default());
            fields.radios("traeger", "Wer ist der Träger?", &[("bleibt", &keep), ("neu", &change)], "")
        });
        let known = known.map(|known| {
            view! {
                <p class="note">
                    {format!("„{}“ gibt es schon als Träger. Wer angenommen wird, leitet dann dessen Team.", known.name)}
                </p>
            }
        });
        view! {
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>{words::notice_kind(notice.kind)}</h1>
                {form::summary(&problems)}
                {about}
                <p class="account__small">{format!("{sender}, {when}")}</p>
                <blockquote class="prose reason">{notice.text.clone()}</blockquote>
                {(!open).then(|| view! { <p class="account__notice">{format!("{}{}.", result(&notice), named(notice.handled_by.as_ref()))}</p> })}
                {answered}
                {open
                    .then(|| {
                        view! {
                            {known}
                            <form class="form" method="post" action=routes::notice(notice.id)>
                                {owner}
                                {fields.lines("antwort", "Antwort (freiwillig)", Some(hint), 3)}
                                <div class="buttons">
                                    <button type="submit" class="kern-btn kern-btn--primary" name="was" value="annehmen">
                                        <span class="kern-label">{yes}</span>
                                    </button>
                                    <button type="submit" class="kern-btn kern-btn--secondary" name="was" value="ablehnen">
                                        <span class="kern-label">{no}</span>
                                    </button>
                                </div>
                            </form>
                        }
                    })}
            </div>
        }
        .into_any()
    })
}
