//! Gazetteer files: postcode, place, county, county key, state, latitude, longitude.

use app::domain::place::{GazetteerPlace, PostalCode};

use super::{
    decode::{Encoding, decode},
    error::{FileError, Place},
    plan::Remark,
    table::Table,
    value,
};

const COLUMNS: [&str; 7] = ["plz", "ort", "kreis", "kreisschluessel", "land", "lat", "lon"];

/// A gazetteer as read from its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Gazetteer {
    pub places: Vec<GazetteerPlace>,
    /// Rows that are no places: postcodes of firms and authorities with much mail.
    pub receivers: usize,
    /// Rows that cannot be read.
    pub unreadable: Vec<Remark>,
}

/// Reads a gazetteer file.
///
/// # Errors
/// When it is no such file, or has not a single place.
pub fn read(bytes: &[u8]) -> Result<Gazetteer, FileError> {
    let (text, _) = decode(bytes, Encoding::Auto)?;
    let table = Table::read(&text, None, &COLUMNS)?;
    let mut at = [0; COLUMNS.len()];
    for (slot, name) in at.iter_mut().zip(COLUMNS) {
        *slot = table.column(name).ok_or_else(|| FileError::MissingColumn {
            name: name.to_owned(),
            found: super::found_columns(&table),
            place: Place::line(table.head_line),
        })?;
    }
    let mut gazetteer = Gazetteer { places: Vec::new(), receivers: 0, unreadable: Vec::new() };
    for record in &table.records {
        let cell =
            |column: usize| record.fields.get(at[column]).map_or(String::new(), |text| value::one_line(text));
        let (name, position) = (cell(1), value::position(&cell(5), &cell(6)));
        match (PostalCode::parse(&cell(0)), position) {
            _ if is_receiver(&name) => gazetteer.receivers += 1,
            (Some(postal_code), Some(position)) if !name.is_empty() => {
                gazetteer.places.push(GazetteerPlace {
                    postal_code,
                    name,
                    county: cell(2),
                    county_key: cell(3),
                    state: cell(4),
                    position,
                });
            }
            _ => {
                let text = "ohne gültige Postleitzahl, ohne Ort oder ohne Koordinaten".to_owned();
                gazetteer.unreadable.push(Remark { line: record.line, text });
            }
        }
    }
    if gazetteer.places.is_empty() { Err(FileError::NoRows) } else { Ok(gazetteer) }
}

/// Whole words that no place in Germany has in its name, folded.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "gmbh", "mbh", "gmb", "ag", "kg", "kgaa", "ohg", "ev", "eg", "se", "ek", "ltd", "limited", "inc", "group", "holding",
    "aktiengesellschaft", "agentur", "aok", "bkk", "ikk", "dak", "kkh", "adac", "huk", "vvag", "kdoer", "ihk",
    "deutsche", "deutscher", "deutsches", "bundes", "bayerische", "bayerisches", "bayerischer", "hessische",
    "hessisches", "allianz", "axa", "generali", "otto", "versand", "service", "center", "online", "media", "team",
    "postfach", "fraktion", "direktion", "abteilung", "fachbereich", "universitaet",
    "hochschule", "rundfunk", "fernsehen", "zweigstelle", "aussenstelle", "niederlassung", "magistrat", "landrat",
    "oberbuergermeister", "buergermeister", "jobcenter", "gbr", "barmer", "fuer", "landkreis", "filiale", "generalvikariat", "ordinariat",
];

/// Ends of words that name a firm or an authority, folded.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    "gesellschaft", "gesellschaften", "versicherung", "versicherungen", "versicherungsverein", "bank", "banken",
    "sparkasse", "krankenkasse", "betriebskrankenkasse", "gesundheitskasse", "ersatzkasse", "unfallkasse",
    "familienkasse", "ausgleichskasse", "oberkasse", "alterskasse", "justizkasse", "versorgungskasse", "bausparkasse",
    "landesamt", "landratsamt", "finanzamt", "bundesamt", "hauptzollamt", "versorgungsamt", "forstamt", "bauamt",
    "vermessungsamt", "bezirksamt", "ortsamt", "gesundheitsamt", "jugendamt", "sozialamt", "buergermeisteramt",
    "polizeiverwaltungsamt", "untersuchungsamt", "ministerium", "praesidium", "landgericht", "landesgericht", "amtsgericht", "arbeitsgericht", "sozialgericht", "verwaltungsgericht", "finanzgericht",
    "berufsgericht", "verfassungsgericht", "kammergericht", "staatsanwaltschaft",
    "verwaltung", "genossenschaft", "verlag", "verband", "stiftung", "institut", "krankenhaus", "klinik", "klinikum",
    "universitaetsklinikum", "handelskammer", "handwerkskammer", "aerztekammer", "versorgungskammer", "anwaltskammer", "behoerde", "vollzugsanstalt", "anstalt", "ausschuss", "verein", "vereinigung",
    "versand", "vertrieb", "lotterie", "einnahme", "zeitung", "redaktion", "marketing", "logistik", "werbung",
    "kreiskrankenhaus", "stadtwerke", "handel", "gmbh", "mbh", "rechtsanwaelte", "systeme", "dienste", "direktion", "gewerkschaft", "zentrum", "zentrale", "geschaeftsstelle", "bussgeldstelle", "verrechnungsstelle", "versorgungsstelle", "zentralstelle", "kirchenstelle",
    "beratungsstelle", "verwaltungsstelle", "steueramt",
    "aufsichtsamt", "pruefungsamt", "wirtschaftsamt", "ordnungsamt", "hauptamt", "regierung", "kanzlei", "schule",
];

/// Whether a name is that of a firm or an authority: those with much mail have postcodes of their
/// own, and lists of postcodes name them like places.
pub fn is_receiver(name: &str) -> bool {
    let words: Vec<String> = name
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '(' | ')' | ','))
        .map(value::fold_name)
        .filter(|word| !word.is_empty())
        .collect();
    let says = |word: &String| WORDS.contains(&word.as_str()) || ENDS.iter().any(|end| word.ends_with(end));
    let dotted = ["e.V", "a.G", "e.G", "b.H", "S.A", "& Co", "&", "+"].iter().any(|sign| name.contains(sign));
    let shouts = |word: &str| word.len() > 2 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    dotted || words.iter().any(says) || name.split([' ', '-']).any(shouts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firms_and_authorities_are_told_from_places() {
        for name in [
            "LBS Süd Landesbausparkasse Süd",
            "Fünfte Vermögensverwaltungsgesellschaft Zeus mbH",
            "Landratsamt",
            "AOK - Die Gesundheitskasse Stuttgart",
            "Riedhammer Sport- u. Kulturförderung e.V",
            "Pfeifer & Langen",
            "Stuttgarter Lebensversicherung a.G",
            "Agentur für Arbeit Weilheim i. OB",
            "Landgericht München II",
        ] {
            assert!(is_receiver(name), "{name}");
        }
        for name in [
            "Bankholzen",
            "Agathenburg",
            "Plau am See",
            "Amt Neuhaus",
            "Hohen Demzin",
            "Sankt Peter-Ording",
            "Groß Laasch",
            "Neustadt an der Weinstraße",
            "An der Schmücke",
            "Linsengericht",
            "Maikammer",
            "Stelle",
            "Werder (Havel)",
            "Verl",
            "Höchst im Odenwald",
        ] {
            assert!(!is_receiver(name), "{name}");
        }
    }

    #[test]
    fn a_gazetteer_keeps_places_and_drops_receivers() {
        let text = "plz,ort,kreis,kreisschluessel,land,lat,lon\n\
            19999,Musterau,Musterau,13999,MV,53.5,11.9\n19998,Musterbank AG,Musterau,13999,MV,53.5,11.9\n\
            1999,Kaputt,Musterau,13999,MV,53.5,11.9\n";
        let gazetteer = read(text.as_bytes()).expect("a gazetteer");
        assert_eq!(gazetteer.places.len(), 1);
        assert_eq!((gazetteer.receivers, gazetteer.unreadable[0].line), (1, 4));
        assert!(read(b"plz;ort\n1;2\n").is_err());
    }
}
