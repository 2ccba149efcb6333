//! Reading concepts from words: longest phrases first, compounds by their parts.

use super::{
    Concept, HashSet, Knowledge, LONGEST_PHRASE, Meaning, Understanding, Understood, Weight, Word, stem,
    words,
};

/// Care types that count in the end: asked, also, typed, stems.
type Settled = (Vec<String>, Vec<String>, String, Vec<String>);

impl Knowledge<'_> {
    /// Reads the words into concepts.
    pub(super) fn read_concepts(&self, text: &str, found: &[Word], understanding: &mut Understanding) {
        let kept = self.without_stops(found);
        let mut fillers = Vec::new();
        let mut at = 0;
        while at < kept.len() {
            let (used, meaning) = self.longest_phrase(&kept[at..]);
            let typed = &kept[at..at + used];
            at += used;
            if let Some(meaning) = meaning {
                if meaning.open_now {
                    let (from, to) = (typed[0].start, typed[used - 1].end);
                    understanding.text_without_open = Some(super::without_span(text, from, to));
                }
                Self::add_meaning(meaning, typed, understanding);
            } else if self.lexicon.is_filler(&join(typed.iter().copied())) {
                fillers.extend(typed.iter().copied());
            } else if !self.add_compound(typed[0], understanding) {
                understanding.concepts.push(self.word(typed[0]));
            }
        }
        if understanding.concepts.is_empty() {
            understanding.concepts.extend(fillers.iter().map(|word| self.word(word)));
        }
        self.settle_care_types(understanding);
        self.ignore_unknown_words(understanding);
    }

    fn without_stops<'w>(&self, found: &'w [Word]) -> Vec<&'w Word> {
        let mut kept = Vec::new();
        let mut at = 0;
        while at < found.len() {
            let stopped = (1..=LONGEST_PHRASE.min(found.len() - at)).rev().find(|count| {
                let key = join(found[at..at + count].iter());
                // A longer phrase of stop words is one only as a whole.
                self.lexicon.is_stop(&key)
            });
            if stopped.is_none() {
                kept.push(&found[at]);
            }
            at += stopped.unwrap_or(1);
        }
        // "ambulant" alone is a word of the field even where it stands among stop words.
        if kept.is_empty() { found.iter().collect() } else { kept }
    }

    fn longest_phrase(&self, from: &[&Word]) -> (usize, Option<&Meaning>) {
        for count in (1..=LONGEST_PHRASE.min(from.len())).rev() {
            let phrase = &from[..count];
            if let Some(meaning) = self.lexicon.meaning(&join(phrase.iter().copied())) {
                return (count, Some(meaning));
            }
            // "Kurzzeit Pflege" is "Kurzzeitpflege".
            if (2..=3).contains(&count) {
                let joined: String = phrase.iter().map(|w| w.folded.as_str()).collect();
                if let Some(meaning) = self.lexicon.meaning(&stem(&joined)) {
                    return (count, Some(meaning));
                }
            }
            if count > 1 && self.lexicon.is_filler(&join(phrase.iter().copied())) {
                return (count, None);
            }
        }
        (1, None)
    }

    fn add_meaning(meaning: &Meaning, typed: &[&Word], understanding: &mut Understanding) {
        let said = typed.iter().map(|w| w.typed.as_str()).collect::<Vec<_>>().join(" ");
        let stems: Vec<String> = typed.iter().map(|w| w.stem.clone()).collect();
        let asked: Vec<String> = meaning.care_types.clone();
        let mut tags: Vec<String> = meaning.specialisms.iter().map(|s| format!("s:{s}")).collect();
        tags.extend(meaning.barrier_free.then(|| "f:barrierefrei".to_owned()));
        tags.extend(meaning.language.iter().map(|code| format!("l:{code}")));
        if !asked.is_empty() {
            understanding.concepts.push(Concept::CareTypes {
                asked,
                also: meaning.also.iter().map(|s| format!("s:{s}")).collect(),
                typed: said.clone(),
                stems: stems.clone(),
                weight: match (meaning.weak, tags.is_empty() && meaning.text.is_empty()) {
                    (true, true) => Weight::Weak,
                    (true, false) => Weight::Hint,
                    (false, _) => Weight::Strong,
                },
            });
        }
        if meaning.operator {
            let stems = if meaning.text.is_empty() { stems } else { meaning.text.clone() };
            understanding.concepts.push(Concept::Operator { stems, typed: said });
        } else if !meaning.also.is_empty() {
            // The care types say it all, or their specialism does.
        } else if !tags.is_empty() || !meaning.text.is_empty() || meaning.specialty.is_some() {
            // Single words are found as they are, too; of a phrase only what it says in other words.
            let own = if typed.len() > 1 || !meaning.care_types.is_empty() { Vec::new() } else { stems };
            let mut stems = meaning.text.clone();
            stems.extend(meaning.specialty.iter().flat_map(|name| words(name)).map(|word| word.stem));
            understanding.concepts.push(Concept::Need { tags, own, stems, typed: said });
        }
    }

    /// Weak care types give way to others, and what is left becomes one concept: what all words can
    /// mean, else what any of them means. It is told to the reader.
    fn settle_care_types(&self, understanding: &mut Understanding) {
        let weight_of = |concept: &Concept| match concept {
            Concept::CareTypes { weight, .. } => Some(*weight),
            _ => None,
        };
        let greatest = understanding.concepts.iter().filter_map(weight_of).max();
        let mut needs = Vec::new();
        let mut settled: Option<Settled> = None;
        understanding.concepts.retain(|concept| {
            let Concept::CareTypes { asked, also, typed, stems, weight } = concept else { return true };
            if Some(*weight) < greatest {
                if !also.is_empty() {
                    let (tags, own, typed) = (also.clone(), stems.clone(), typed.clone());
                    needs.push(Concept::Need { tags, own, stems: Vec::new(), typed });
                }
                return false;
            }
            match &mut settled {
                None => settled = Some((asked.clone(), also.clone(), typed.clone(), stems.clone())),
                Some((all, all_also, all_typed, all_stems)) => {
                    all_also.extend(also.iter().cloned());
                    let common: Vec<String> = all.iter().filter(|t| asked.contains(t)).cloned().collect();
                    if common.is_empty() {
                        all.extend(asked.iter().cloned());
                    } else {
                        *all = common;
                    }
                    all_typed.push(' ');
                    all_typed.push_str(typed);
                    all_stems.extend(stems.iter().cloned());
                }
            }
            false
        });
        understanding.concepts.append(&mut needs);
        if let Some((asked, also, typed, stems)) = settled {
            let name = |slug: &String| self.taxonomy.find(slug).map(|t| t.name.clone());
            let names = asked.iter().filter_map(name).collect();
            understanding.notes.push(Understood::CareTypes { typed: typed.clone(), names });
            understanding
                .concepts
                .insert(0, Concept::CareTypes { asked, also, typed, stems, weight: Weight::Strong });
        }
    }

    /// Reads a compound by its parts, where its head means something: "Kurzzeitpflegeplatz".
    fn add_compound(&self, word: &Word, understanding: &mut Understanding) -> bool {
        let mut parts = self.splitter.split(&word.folded);
        if parts.is_empty() {
            parts = self.splitter.split_off_head(&word.folded);
        }
        let parts: Vec<Word> = parts
            .into_iter()
            .map(|part| Word { typed: part.clone(), stem: stem(&part), folded: part, start: 0, end: 0 })
            .collect();
        let Some(head) = parts.iter().rposition(|part| !self.lexicon.is_filler(&part.stem)) else {
            return false;
        };
        // The longest run of parts with a meaning that reaches the head.
        let run = (0..=head).find_map(|from| {
            let joined: String = parts[from..=head].iter().map(|p| p.folded.as_str()).collect();
            self.lexicon.meaning(&stem(&joined)).map(|meaning| (from, meaning))
        });
        // Together with its filler the head may mean something of its own ("Tagesstätte").
        let whole = (0..parts.len()).find_map(|from| {
            let joined: String = parts[from..].iter().map(|p| p.folded.as_str()).collect();
            self.lexicon.meaning(&stem(&joined)).map(|meaning| (from, meaning))
        });
        // A head that means nothing ("Tagespflegehof") still says what the thing is about.
        let begin = || {
            (1..parts.len()).rev().find_map(|to| {
                let joined: String = parts[..to].iter().map(|p| p.folded.as_str()).collect();
                let meaning = self.lexicon.meaning(&stem(&joined)).filter(|m| !m.care_types.is_empty())?;
                (!(self.occurs)(&word.stem)).then_some((0, meaning))
            })
        };
        let Some((from, meaning)) = whole.or(run).or_else(begin) else { return false };
        let useful = !meaning.care_types.is_empty() || !meaning.specialisms.is_empty() || meaning.operator;
        if !useful {
            return false;
        }
        Self::add_meaning(meaning, &[word], understanding);
        for part in &parts[..from] {
            match self.lexicon.meaning(&part.stem) {
                Some(meaning) if meaning.care_types.is_empty() => {
                    Self::add_meaning(meaning, &[part], understanding);
                }
                // A part nobody knows is a name: "Storchenapotheke".
                None if !self.splitter.knows(&part.folded) => understanding.concepts.push(self.word(part)),
                _ => {}
            }
        }
        true
    }

    fn word(&self, word: &Word) -> Concept {
        let parts = self.splitter.split(&word.folded);
        let parts = parts.iter().map(|p| stem(p)).filter(|p| !self.lexicon.is_filler(p)).collect();
        Concept::Word { stem: word.stem.clone(), parts, typed: word.typed.clone() }
    }

    /// Words that occur nowhere are left out where something else is asked for.
    fn ignore_unknown_words(&self, understanding: &mut Understanding) {
        let occurs = |concept: &Concept| match concept {
            Concept::Word { stem, parts, .. } => {
                (self.occurs)(stem) || parts.iter().any(|part| (self.occurs)(part))
            }
            _ => true,
        };
        if !understanding.concepts.iter().any(occurs) {
            return;
        }
        let mut seen = HashSet::new();
        let notes = &mut understanding.notes;
        understanding.concepts.retain(|concept| {
            let keep = occurs(concept);
            if !keep && seen.insert(concept.typed().to_owned()) {
                notes.push(Understood::Ignored { typed: concept.typed().to_owned() });
            }
            keep
        });
    }
}

fn join<'a>(words: impl Iterator<Item = &'a Word>) -> String {
    words.map(|w| w.stem.as_str()).collect::<Vec<_>>().join(" ")
}
