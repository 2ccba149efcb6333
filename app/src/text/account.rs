//! Words about accounts.

use crate::domain::{
    account::{Account, CountyRole, OrganizationRole},
    invitation::{InvitedTo, TeamRole},
    portal::Portal,
};

/// What makes a good password, in one sentence.
pub const PASSWORD_HINT: &str =
    "Mindestens 12 Zeichen. Gut sind mehrere Wörter, die nichts miteinander zu tun haben.";

/// What is said where an e-mail address is none.
pub const NO_EMAIL: &str = "Das ist keine E-Mail-Adresse. Sie sieht zum Beispiel so aus: name@haus.de";

/// What somebody is here, a line each.
pub fn roles(account: &Account) -> Vec<String> {
    let county = account.county_role.map(|role| county_role(role).to_owned());
    let in_organizations = account
        .memberships
        .iter()
        .map(|membership| format!("{}: {}", membership.name, organization_role(membership.role)));
    let roles: Vec<String> = county.into_iter().chain(in_organizations).collect();
    if roles.is_empty() { vec!["Ihr Konto gehört noch zu keiner Einrichtung.".to_owned()] } else { roles }
}

/// What somebody is in an organization.
pub fn organization_role(role: OrganizationRole) -> &'static str {
    match role {
        OrganizationRole::Owner => "Leitung",
        OrganizationRole::Editor => "Redaktion",
        OrganizationRole::Capacity => "Meldung freier Plätze",
    }
}

/// What somebody of the county is.
pub fn county_role(role: CountyRole) -> &'static str {
    match role {
        CountyRole::Administrator => "Administration des Landkreises",
        CountyRole::Editor => "Redaktion des Landkreises",
    }
}

/// What somebody is in a team.
pub fn team_role(role: TeamRole) -> &'static str {
    match role {
        TeamRole::County(role) => county_role(role),
        TeamRole::Organization(role) => organization_role(role),
    }
}

/// What each role of the county's own team may.
pub const COUNTY_ROLES: [(CountyRole, &str); 2] = [
    (CountyRole::Editor, "Redaktion: Einträge und Teams der Einrichtungen"),
    (CountyRole::Administrator, "Administration: alles, auch die Personen des Landkreises"),
];

/// What each role in an organization may.
pub const ORGANIZATION_ROLES: [(OrganizationRole, &str); 3] = [
    (OrganizationRole::Capacity, "Meldung freier Plätze: sonst nichts"),
    (OrganizationRole::Editor, "Redaktion: Einträge und freie Plätze"),
    (OrganizationRole::Owner, "Leitung: Einträge, freie Plätze und Personen"),
];

/// What somebody is invited to be.
pub fn invited_to(to: &InvitedTo) -> String {
    let role = team_role(to.role());
    match to {
        InvitedTo::County(_) => role.to_owned(),
        InvitedTo::Organization { name, .. } => format!("{name}, {role}"),
    }
}

/// How the second factor of an account stands.
pub fn second_factor(has: bool, codes: usize) -> String {
    match (has, codes) {
        (false, _) => {
            "Nicht eingerichtet. Ein Code aus einer App schützt Ihr Konto, wenn jemand Ihr Passwort kennt."
                .to_owned()
        }
        (true, 0) => {
            "Eingerichtet. Sie haben keinen Ersatzcode mehr: Bitte richten Sie den zweiten Schritt neu ein."
                .to_owned()
        }
        (true, 1) => "Eingerichtet. Sie haben noch einen Ersatzcode.".to_owned(),
        (true, codes) => format!("Eingerichtet. Sie haben noch {codes} Ersatzcodes."),
    }
}

/// Where the mails of an example portal lie; nothing for any other.
pub fn outbox_note(portal: &Portal) -> Option<&'static str> {
    (portal.demo && !portal.writes_mail)
        .then_some("Dieses Beispielportal verschickt nichts: Die E-Mail liegt im Postausgang.")
}

/// What a browser calls itself, as people call it.
pub fn device(user_agent: &str) -> String {
    let has = |part: &str| user_agent.contains(part);
    let browser = [
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let system = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|(part, _)| has(part)).map(|(_, name)| *name);
    match (first(&browser), first(&system)) {
        (Some(browser), Some(system)) => format!("{browser} auf {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Unbekanntes Gerät".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        let phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36";
        assert_eq!(device(phone), "Chrome auf Android");
        assert_eq!(
            device("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"),
            "Firefox auf Linux"
        );
        assert_eq!(device("<script>"), "Unbekanntes Gerät");
    }
}
