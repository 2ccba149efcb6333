//! "War doch nicht frei": what people say beside a green light. No script, no cookie, nothing about them.

use leptos::prelude::*;

use crate::{
    domain::{
        capacity::{Availability, Light},
        ids::Slug,
        offer::Offer,
    },
    routes,
};

/// A field that people do not see. Programs that fill in everything fill it in, too.
pub const TRAP: &str = "webseite";

/// The report that somebody may say it of; `None`: the light is not green, or the entry has no page.
pub fn report_of(offer: &Offer, light: Option<&Availability>, slug: Option<&Slug>) -> Option<Asked> {
    let sequence = offer.latest_report.as_ref()?.sequence;
    let is_free = light.is_some_and(|light| light.light == Light::Free);
    let asked = |slug: &Slug| Asked { path: routes::not_free(slug), offer: offer.id.to_string(), sequence };
    is_free.then_some(slug).flatten().map(asked)
}

/// Of what somebody says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    path: String,
    offer: String,
    sequence: i64,
}

/// The form. `about` is the name of the offer, for those who do not see beside what it stands.
#[component]
pub fn NotFree(asked: Asked, about: String) -> impl IntoView {
    let Asked { path, offer, sequence } = asked;
    view! {
        <form class="not-free" method="post" action=path>
            <input type="hidden" name="angebot" value=offer />
            <input type="hidden" name="meldung" value=sequence.to_string() />
            <div hidden>
                <label>
                    "Bitte leer lassen"
                    <input type="text" name=TRAP tabindex="-1" autocomplete="off" />
                </label>
            </div>
            <button type="submit" class="not-free__button">
                "Melden: War doch nicht frei"
                <span class="kern-sr-only">{format!(": {about}")}</span>
            </button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::capacity::{LightReason, ReportSource, Statement},
        domain::ids::ReportId,
        testing,
    };

    #[test]
    fn only_a_green_light_of_a_page_that_is_there_is_asked_about() {
        let mut offer = testing::offer(7, "kurzzeitpflege");
        let at = (testing::NOW.instant, testing::NOW.instant);
        let by = ("Büro".to_owned(), ReportSource::Provider);
        let report = Statement::default().into_report(ReportId(uuid::Uuid::nil()), offer.id, by, at);
        let slug = Slug::from_name("Haus am Birkensee");
        let green = testing::light(Light::Free, LightReason::FreePlaces(1));
        assert_eq!(report_of(&offer, Some(&green), Some(&slug)), None);
        offer.latest_report = Some(report);
        assert_eq!(report_of(&offer, Some(&green), None), None);
        assert_eq!(report_of(&offer, None, Some(&slug)), None);
        for light in [Light::WaitingList, Light::Full, Light::Unknown] {
            let other = testing::light(light, LightReason::Occupied);
            assert_eq!(report_of(&offer, Some(&other), Some(&slug)), None);
        }
        let asked = report_of(&offer, Some(&green), Some(&slug)).expect("it is green");
        insta::assert_snapshot!(testing::html(
            || view! { <NotFree asked about="Kurzzeitpflege".to_owned() /> }
        ));
    }
}
