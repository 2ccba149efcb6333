//! Documents in one cell: `Hausordnung: https://haus.de/ordnung.pdf | Anmeldung: https://haus.de/a.pdf`.

use crate::domain::facility::Document;

use super::website;

/// `None` where a part has no title or no web address.
pub fn parse(text: &str) -> Option<Vec<Document>> {
    text.split('|').map(str::trim).filter(|part| !part.is_empty()).map(document).collect()
}

fn document(text: &str) -> Option<Document> {
    let (title, url) = text.rsplit_once(": ")?;
    let document = Document { title: title.trim().to_owned(), url: website(url.trim())? };
    (!document.title.is_empty()).then_some(document)
}

/// The mark that separates parts cannot be part of a value: a title loses it, an address has it encoded.
pub fn write(documents: &[Document]) -> String {
    let one = |own: &Document| format!("{}: {}", own.title.replace('|', " "), own.url.replace('|', "%7C"));
    documents.iter().map(one).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_have_a_title_and_a_web_address() {
        let text =
            "Hausordnung: https://haus.example/ordnung.pdf | Preise: ab 2026: haus.example/preise?a=1|";
        let read = parse(text).expect("two documents");
        let titles: Vec<_> = read.iter().map(|own| own.title.as_str()).collect();
        assert_eq!(titles, ["Hausordnung", "Preise: ab 2026"]);
        assert_eq!(read[1].url, "https://haus.example/preise?a=1");
        assert_eq!(parse(&write(&read)), Some(read));
        assert_eq!(parse(""), Some(Vec::new()));
        for wrong in ["Hausordnung", ": https://haus.example", "A: javascript:alert(1)", "A: b c.de"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_mark_between_documents_is_no_part_of_one() {
        let own = Document { title: "A|B".to_owned(), url: "https://haus.example/a|b".to_owned() };
        assert_eq!(write(&[own]), "A B: https://haus.example/a%7Cb");
    }
}
