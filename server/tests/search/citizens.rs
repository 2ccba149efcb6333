//! Ten questions as citizens of the real county ask them, and what the first result has to be. The tests
//! ask the program, the benchmark also asks other search engines.

/// A question; the first result fits when all that is said here is true of it.
pub struct Question {
    pub text: &'static str,
    care_type: Option<&'static str>,
    place: Option<&'static str>,
    name: Option<&'static str>,
}

impl Question {
    const fn at(text: &'static str, care_type: &'static str, place: &'static str) -> Self {
        Self { text, care_type: Some(care_type), place: Some(place), name: None }
    }

    const fn named(text: &'static str, name: &'static str) -> Self {
        Self { text, care_type: None, place: None, name: Some(name) }
    }

    /// Whether a facility with this name, these care types and these places is what was asked for.
    pub fn fits(&self, name: &str, care_types: &[&str], places: &[&str]) -> bool {
        self.care_type.is_none_or(|wanted| care_types.contains(&wanted))
            && self.place.is_none_or(|wanted| places.contains(&wanted))
            && self.name.is_none_or(|wanted| name.contains(wanted))
    }
}

pub const QUESTIONS: [Question; 10] = [
    Question::at("Kurzzeitpflege in Parchim", "kurzzeitpflege", "Parchim"),
    Question::at("Altersheim Ludwigslust", "vollstationaere-pflege", "Ludwigslust"),
    Question::at("Apoteke Luebz", "apotheke", "Lübz"),
    Question::at("pflegedienst 19370", "ambulanter-pflegedienst", "Parchim"),
    Question::at("Doktor in Dabel", "arzt", "Dabel"),
    Question::at("Wer pflegt meine Mutter zu Hause in Grabow?", "ambulanter-pflegedienst", "Grabow"),
    Question::at("Tagespflegeplatz Wittenburg", "tagespflege", "Wittenburg"),
    Question::at("Seniorenwohnungen Hagenow", "betreutes-wohnen", "Hagenow"),
    Question::named("Haus Eldetal", "Haus Eldetal"),
    Question::named("Demenz WG", "Demenz-Wohngemeinschaft"),
];
