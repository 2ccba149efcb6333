//! What is reported stands as a whole, or not at all.

use app::{
    backend::access::CapacityReporter,
    domain::account::OrganizationRole,
    domain::capacity::{Fault, Field, FreePeriod, Light, ReportSource, Statement},
};
use server::service::capacity::{CapacityError, News, Said, Seen};
use time::{Duration, macros::date};

use crate::world::{NOON, World, free, said};

#[tokio::test(flavor = "multi_thread")]
async fn a_report_says_who_when_and_until_when() {
    for world in World::all().await {
        let stands = world.say(world.home(), free(3)).await.expect("a report");
        let report = &stands[0].report;
        assert_eq!(Some(report.clone()), world.latest(world.home()).await, "{}", world.place.engine);
        assert_eq!(
            (report.reported_by.as_str(), report.source),
            (world.office.name.as_str(), ReportSource::Provider)
        );
        assert_eq!((report.reported_at, report.valid_until), (NOON, NOON + Duration::days(7)));
        let light = world.desk().await.facilities[0].light(world.home()).expect("a light").light;
        assert_eq!(light, Light::Free);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_fault_among_many_keeps_everything_as_it_was() {
    for world in World::all().await {
        world.say(world.home(), free(1)).await.expect("a report");
        let before = world.latest(world.home()).await;
        let news = vec![
            said(world.home(), Seen::Unsaid, free(2)),
            said(world.short(), Seen::Unsaid, Statement::default()),
        ];
        let refused = world.capacity.report(&world.reporter(), news).await;
        assert!(
            matches!(&refused, Err(CapacityError::Faults(faults)) if *faults == [(world.short(), Fault::Nothing)]),
            "{refused:?}"
        );
        let too_many = world.say(world.home(), free(41)).await;
        let fault = Fault::FreeOverTotal { field: Field::FreeNow, total: 40 };
        assert!(
            matches!(&too_many, Err(CapacityError::Faults(faults)) if *faults == [(world.home(), fault)])
        );
        assert_eq!(world.latest(world.home()).await, before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_theirs_or_has_no_light_is_not_there() {
    for world in World::all().await {
        let stranger = crate::support::samples::plain_offer("kurzzeitpflege").id;
        let without_light = world.facility.offers[2].id;
        for offer in [stranger, without_light] {
            let refused = world.say(offer, free(1)).await;
            assert!(matches!(&refused, Err(CapacityError::Gone(gone)) if *gone == [offer]), "{refused:?}");
        }
        let twice =
            vec![said(world.home(), Seen::Unsaid, free(1)), said(world.home(), Seen::Unsaid, free(2))];
        let refused = world.capacity.report(&world.reporter(), twice).await;
        assert!(matches!(&refused, Err(CapacityError::Twice(_))), "{refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_before_somebody_elses_report_is_refused_and_the_same_one_twice_counts_once() {
    for world in World::all().await {
        let form = || vec![said(world.home(), Seen::Report(None), free(3))];
        let first = world.capacity.report(&world.reporter(), form()).await.expect("a report");
        let second = world.capacity.report(&world.reporter(), form()).await.expect("the same");
        assert!(first[0].is_new && !second[0].is_new);
        assert_eq!(first[0].report, second[0].report);
        let stale = vec![said(world.home(), Seen::Report(None), free(0))];
        let refused = world.capacity.report(&world.reporter(), stale).await;
        assert!(matches!(&refused, Err(CapacityError::Conflict(offers)) if *offers == [world.home()]));
        assert_eq!(world.latest(world.home()).await, Some(first[0].report.clone()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_forms_sent_at_the_same_moment_one_is_refused() {
    for world in World::all().await {
        let send = |places| {
            let news = vec![said(world.home(), Seen::Report(None), free(places))];
            let reporter = world.reporter();
            let capacity = &world.capacity;
            async move { capacity.report(&reporter, news).await }
        };
        let (one, other) = tokio::join!(send(1), send(2));
        let stands = [&one, &other].into_iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(stands, 1, "{}: {one:?} {other:?}", world.place.engine);
        assert!([one, other].iter().any(|answer| matches!(answer, Err(CapacityError::Conflict(_)))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unchanged_confirms_what_was_said_without_what_is_over() {
    for world in World::all().await {
        let same = || News { offer: world.short(), seen: Seen::Unsaid, said: Said::Same };
        let nothing = world.capacity.report(&world.reporter(), vec![same()]).await;
        assert!(matches!(&nothing, Err(CapacityError::Faults(faults)) if faults[0].1 == Fault::Nothing));
        let period = |from, until| FreePeriod { from, until, places: 2 };
        let mut statement = free(2);
        statement.times.periods = vec![
            period(date!(2026 - 07 - 01), date!(2026 - 07 - 08)),
            period(date!(2026 - 08 - 03), date!(2026 - 08 - 17)),
        ];
        world.say(world.short(), statement).await.expect("a report");
        world.clock.passes(Duration::days(20));
        let again = world.capacity.report(&world.reporter(), vec![same()]).await.expect("a report");
        assert_eq!(again[0].report.free_now, Some(2));
        assert_eq!(again[0].report.times.periods, [period(date!(2026 - 08 - 03), date!(2026 - 08 - 17))]);
        let dated = Statement { free_from: Some(date!(2026 - 07 - 25)), ..free(0) };
        world.say(world.short(), dated).await.expect("a report");
        world.clock.passes(Duration::days(10));
        let over = world.capacity.report(&world.reporter(), vec![same()]).await;
        assert!(
            matches!(&over, Err(CapacityError::Faults(faults)) if faults[0].1 == Fault::Past(Field::FreeFrom))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_reports_what_it_heard_on_the_phone() {
    for world in World::all().await {
        let county = CapacityReporter::of_county(&world.county(), &world.facility, true);
        let news = vec![said(world.home(), Seen::Unsaid, free(1))];
        let stands = world.capacity.report(&county, news).await.expect("a report");
        assert_eq!(stands[0].report.source, ReportSource::Phone);
        assert_eq!(world.latest(world.home()).await, Some(stands[0].report.clone()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unchanged_after_somebody_elses_news_is_no_word_about_it() {
    for world in World::all().await {
        let first = world.say(world.home(), free(2)).await.expect("a report").remove(0).report;
        let same =
            || vec![News { offer: world.home(), seen: Seen::Report(Some(first.sequence)), said: Said::Same }];
        // Twice the same press of a button stands once.
        let pressed = world.capacity.report(&world.reporter(), same()).await.expect("a report");
        let again = world.capacity.report(&world.reporter(), same()).await.expect("the same");
        assert!(pressed[0].is_new && !again[0].is_new);
        // A colleague behind the same link or account has said otherwise meanwhile.
        let now = world.say(world.home(), free(0)).await.expect("a report").remove(0).report;
        let stale = world.capacity.report(&world.reporter(), same()).await;
        assert!(
            matches!(&stale, Err(CapacityError::Conflict(offers)) if *offers == [world.home()]),
            "{stale:?}"
        );
        assert_eq!(world.latest(world.home()).await, Some(now));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_whose_access_ends_while_it_speaks_reports_nothing() {
    for world in World::all().await {
        let (id, secret) = world
            .capacity
            .add_token(&world.lead(), &world.organization, "Heimsoftware".to_owned(), None)
            .await
            .expect("an access");
        let mut tx = world.place.store.begin().await.expect("a transaction");
        let (account, organization) = (world.office.id, world.organization.id);
        tx.save_membership(account, organization, OrganizationRole::Owner).await.expect("a role");
        tx.commit().await.expect("it is there");
        let network = std::net::IpAddr::from([192, 0, 2, 1]);
        let program = world.capacity.admit(&secret.text(), network).await.expect("the right");
        let news = || vec![said(world.home(), Seen::Unsaid, free(1))];
        world.capacity.report(&program, news()).await.expect("a report");
        assert!(world.capacity.revoke_token(&world.lead(), id).await.expect("an answer"));
        let late = world.capacity.report(&program, news()).await;
        assert!(matches!(late, Err(CapacityError::TokenOver)), "{late:?}");
    }
}
