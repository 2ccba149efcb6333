//! What the map says about its marks.

use super::{counts, light};
use crate::domain::{
    capacity::Light,
    map::{Mark, MarkKind},
};

/// The name of a mark for tooltips and screen readers.
pub fn mark(mark: &Mark) -> String {
    match &mark.kind {
        MarkKind::Place { name, .. } => match mark.light {
            Some(light) => format!("{name}: {}", light::name(light)),
            None => name.clone(),
        },
        MarkKind::Cluster { count, one_spot, .. } => {
            let here = if *one_spot { " am selben Ort" } else { "" };
            let what = if *one_spot { "Als Liste ansehen" } else { "Näher ansehen" };
            format!("{}{here}{}. {what}", counts::facilities(*count), best(mark.light))
        }
    }
}

fn best(light: Option<Light>) -> &'static str {
    match light {
        Some(Light::Free) => ", mindestens eine mit freien Plätzen",
        Some(Light::WaitingList) => {
            ", keine mit freien Plätzen, mindestens eine mit Warteliste oder bald frei"
        }
        Some(Light::Full) => ", keine mit freien Plätzen",
        Some(Light::Unknown) => ", keine mit aktueller Meldung",
        None => "",
    }
}

/// Where facilities are that the map does not show.
pub fn unplaced(count: usize) -> String {
    match count {
        1 => "Von 1 Einrichtung kennen wir die genaue Lage nicht. Sie steht nur in der Liste.".to_owned(),
        n => format!(
            "Von {} Einrichtungen kennen wir die genaue Lage nicht. Sie stehen nur in der Liste.",
            counts::number(n)
        ),
    }
}

/// How many lie beyond the edges of the map.
pub fn outside(count: usize) -> String {
    match count {
        1 => "1 Einrichtung liegt außerhalb dieser Karte.".to_owned(),
        n => format!("{} Einrichtungen liegen außerhalb dieser Karte.", counts::number(n)),
    }
}

/// Describes the whole drawing.
pub fn drawing(county: &str, marks: usize) -> String {
    match marks {
        0 => format!("Karte: {county}"),
        1 => format!("Karte: {county}, 1 Zeichen"),
        n => format!("Karte: {county}, {n} Zeichen"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ids::Slug, map::Area};

    #[test]
    fn a_mark_says_what_it_is_and_where_it_leads() {
        let area = Area::parse("7,49,8,50").expect("an area");
        let place = MarkKind::Place { slug: Slug::from_name("Haus"), name: "Haus".to_owned() };
        let cluster = MarkKind::Cluster { count: 12, area, one_spot: false };
        let house = MarkKind::Cluster { count: 2, area, one_spot: true };
        let say = |kind: &MarkKind, light| mark(&Mark { at: (0.5, 0.5), light, kind: kind.clone() });
        assert_eq!(say(&place, Some(Light::Full)), "Haus: belegt");
        assert_eq!(say(&place, None), "Haus");
        assert_eq!(
            say(&cluster, Some(Light::Free)),
            "12 Einrichtungen, mindestens eine mit freien Plätzen. Näher ansehen"
        );
        assert_eq!(say(&house, None), "2 Einrichtungen am selben Ort. Als Liste ansehen");
    }
}
