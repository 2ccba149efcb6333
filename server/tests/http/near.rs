//! What is near a device: asked for by a header, answered to one visitor, kept nowhere.

use app::{domain::place::DevicePosition, routes::DEVICE_POSITION};

use crate::support::{Portal, no_results};

#[tokio::test]
async fn the_position_reaches_the_search_rounded_and_never_an_address() {
    let portal = Portal::ready();
    let answer = portal.get_with("/suche?q=Hospiz", &[(DEVICE_POSITION, "49.4667891,7.1694567")]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(portal.last_query().near, DevicePosition::parse("49.467,7.169"));
    let page = answer.text();
    for part in ["49.46", "7.16", "49,46"] {
        assert!(!page.contains(part), "{part} is on the page");
    }
    // What is no position is none, and an address cannot say one.
    for (address, header) in [
        ("/suche?q=Hospiz", "überall"),
        ("/suche?q=Hospiz", "91,7"),
        ("/suche?q=Hospiz&near=49.4,7.1&device-position=49.4,7.1", ""),
    ] {
        portal.get_with(address, &[(DEVICE_POSITION, header)]).await;
        assert_eq!(portal.last_query().near, None, "{address} {header}");
    }
}

#[tokio::test]
async fn the_page_for_one_visitor_is_kept_nowhere() {
    let portal = Portal::ready();
    let near = [(DEVICE_POSITION, "49.467,7.169"), ("accept-encoding", "br")];
    let first = portal.get_with("/suche", &near).await;
    assert_eq!(first.header("cache-control"), Some("no-store"));
    assert_eq!(first.header("content-encoding"), Some("br"));
    assert_eq!(first.header("etag"), None);
    portal.get_with("/suche", &near).await;
    assert_eq!(portal.searches(), 2, "nothing was kept");
    // Nor does anybody else get it.
    portal.get("/suche").await;
    assert_eq!((portal.searches(), portal.last_query().near), (3, None));
    portal.get_with("/suche", &[(DEVICE_POSITION, "49.467,7.169")]).await;
    assert_eq!(portal.searches(), 4, "the kept page is that of nobody");
}

#[tokio::test]
async fn other_pages_and_programs_take_no_notice_of_it() {
    let portal = Portal::ready();
    portal.finds(no_results());
    for address in ["/", "/impressum", "/api/v1/search?q=a"] {
        let answer = portal.get_with(address, &[(DEVICE_POSITION, "49.467,7.169")]).await;
        assert_ne!(answer.header("cache-control"), Some("no-store"), "{address}");
        assert_eq!(portal.last_query().near, None, "{address}");
    }
}
