//! Typing initials into cells: the text, and the completion list ranked for that post and time.

use crate::checker::{Candidate, Gap};
use crate::model::{PersonId, Rota, words};

use super::cells;
use super::find_text::matches_person;
use super::selection::CellRange;

/// So many lines the list has, at most.
const CHOICES_MAX: usize = 9;

/// What a number pressed without a list has to be told.
pub(super) const GAP_FIRST: &str = "Choose a gap first: 1 to 9 then propose somebody from “Who could”";

/// What is being typed, and who it could mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typing {
    /// The cells it goes into.
    pub cells: CellRange,
    /// Where and when, for the ranking.
    pub gap: Gap,
    /// As typed.
    pub text: String,
    /// The list: exact initials, then who could, then who cannot.
    pub choices: Vec<TypingChoice>,
    /// Which of them has the mark; none where nobody matches.
    pub marked: Option<usize>,
    /// Enter was pressed, and it was said why the text cannot be entered.
    pub was_refused: bool,
    /// Everybody, in the order of the checker.
    ranked: Vec<Candidate>,
}

/// One line of the completion list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypingChoice {
    pub person: PersonId,
    /// Such as "Free, postpones nothing", or why not.
    pub text: String,
    /// Whether the checker says that the person could. Otherwise only Ctrl+Enter places them.
    pub could: bool,
    /// Known to be available, nothing stands against it, and it costs nothing: green means no less.
    pub is_free: bool,
}

impl Typing {
    /// Begins, with everybody ranked for that gap.
    pub fn new(rota: &Rota, cells: CellRange, gap: Gap, ranked: Vec<Candidate>, text: String) -> Self {
        let (text_before, choices) = (String::new(), Vec::new());
        let mut typing = Self { cells, gap, text: text_before, choices, marked: None, was_refused: false, ranked };
        typing.set_text(rota, text);
        typing
    }

    /// The text is now this: the list is made again, and the mark stands on its first line.
    pub fn set_text(&mut self, rota: &Rota, text: String) {
        self.text = text;
        self.was_refused = false;
        let typed = self.name().to_owned();
        let ranked = self.ranked.iter().enumerate().filter_map(|(at, candidate)| {
            let rank = matches_person(rota.person(&candidate.person)?, &typed)?;
            let could = candidate.obstacles.is_empty();
            // Whoever has exactly these initials is meant, able or not: nobody else may be placed by mistake.
            Some(((rank != 0, !could, rank, at), candidate))
        });
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_by_key(|(key, _)| *key);
        ranked.truncate(CHOICES_MAX);
        let choice = |candidate: &Candidate| TypingChoice {
            person: candidate.person.clone(),
            text: candidate.text.clone(),
            could: candidate.obstacles.is_empty(),
            is_free: candidate.obstacles.is_empty() && candidate.price.is_nothing(),
        };
        self.choices = ranked.into_iter().map(|(_, candidate)| choice(candidate)).collect();
        self.marked = (!self.choices.is_empty() && !typed.is_empty()).then_some(0);
    }

    /// What is typed without the signs of a pasted cell: whatever is typed is Proposed.
    pub fn name(&self) -> &str {
        self.text.trim().trim_end_matches(['?', '*']).trim()
    }

    /// The line with the mark.
    pub fn choice(&self) -> Option<&TypingChoice> {
        self.choices.get(self.marked?)
    }

    /// Whether the letters are the initials of exactly one person, the one with the mark, or such initials with their
    /// times: what may be entered though nobody pressed Enter. A beginning may mean somebody else than its first line.
    pub fn is_whole(&self, rota: &Rota) -> bool {
        let Some(choice) = self.choice() else { return self.is_whole_cell() && has_whole_times(self.name()) };
        let typed = self.name().to_lowercase();
        let has = |id: &PersonId| cells::initials_as_entered(rota, id).trim().to_lowercase() == typed;
        has(&choice.person) && rota.people.iter().filter(|person| has(&person.id)).count() == 1
    }

    /// Whether the text is nobody's initials or name: "Add person…" is offered.
    pub fn is_unknown(&self) -> bool {
        !self.name().is_empty() && self.choices.is_empty() && !self.is_whole_cell()
    }

    /// A number of "Who could" that is nobody's initials.
    pub fn is_number_of_list(&self) -> bool {
        self.is_unknown() && matches!(self.name().as_bytes(), [b'1'..=b'9'])
    }

    /// Why the text means nobody: `Nobody is called “zz”`. Of a number what has to be done first, and that the list of
    /// who could, if there is one, has no such number.
    pub fn unknown_text(&self, has_list: bool) -> String {
        let name = words::safe(self.name());
        match (self.is_number_of_list(), has_list) {
            (false, _) => format!("Nobody is called “{name}”"),
            (true, true) => format!("“Who could” has no number {name}"),
            (true, false) => GAP_FIRST.to_owned(),
        }
    }

    /// Whether the text says times too, as a copied cell does: `KP 10:30-11:15`, `KP 10:30-11:15 / RS`.
    pub fn is_whole_cell(&self) -> bool {
        let name = self.name();
        let has_times = name.split_whitespace().skip(1).any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        self.choices.is_empty() && (has_times || name.contains(" / "))
    }
}

/// Whether no time is half typed: each ends with its minutes.
fn has_whole_times(cell: &str) -> bool {
    cell.split(" / ").all(|part| {
        let last = part.split_whitespace().skip(1).last();
        last.is_none_or(|times| times.rsplit_once(':').is_some_and(|(_, minutes)| minutes.len() == 2))
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{person_id, post_id, range, rota, span};
    use super::*;
    use crate::checker::{Obstacle, Price};

    fn typing(text: &str) -> Typing {
        let rota = rota();
        let ranked = rota.people.iter().map(|p| Candidate {
            person: p.id.clone(),
            obstacles: if p.initials == "RS" { vec![Obstacle::OutOfScope { up_to: None }] } else { vec![] },
            price: Price::default(),
            text: format!("{} told", p.initials),
        });
        let gap = Gap { post: post_id("mg"), span: span("10:00", "12:00") };
        Typing::new(&rota, range("mg", 0, "10:00", "mg", 0, "11:00"), gap, ranked.rev().collect(), text.to_owned())
    }

    fn messages(typing: &Typing) -> Vec<String> {
        typing.choices.iter().map(|c| format!("{}{}", c.person, if c.could { "" } else { "!" })).collect()
    }

    #[test]
    fn who_could_goes_before_who_cannot_but_exact_initials_go_first() {
        assert_eq!(messages(&typing("")), ["mw", "an", "kp", "hg", "rs!"]);
        assert_eq!(messages(&typing("rs")), ["rs!"]);
        assert_eq!(messages(&typing("s")), ["rs!"], "Sethi");
        assert_eq!(messages(&typing("w")), ["mw"], "Whitlock");
        assert_eq!(messages(&typing("kp?")), ["kp"]);
        assert_eq!(typing("rs").choice().map(|c| c.text.as_str()), Some("RS told"));
        assert_eq!(typing("").marked, None, "nothing is typed: Enter places nobody");
    }

    #[test]
    fn only_the_initials_of_one_person_are_whole() {
        let mut rota = rota();
        let whole = |rota: &Rota, text: &str| typing(text).is_whole(rota);
        assert!(whole(&rota, "KP") && whole(&rota, "kp*") && whole(&rota, "KP 10:30-11:15"));
        for text in ["k", "per", "pereira", "", "zz", "KP 10:30-11:1", "KP 10:30-11", "KP 10"] {
            assert!(!whole(&rota, text), "{text}");
        }
        rota.people[0].initials = "KP".to_owned();
        assert!(!whole(&rota, "kp"), "two have them");
    }

    #[test]
    fn what_means_nobody_is_unknown() {
        assert!(typing("zz").is_unknown());
        assert!(!typing(" ").is_unknown() && !typing("kp").is_unknown());
        assert!(typing("KP 10:30-11:15").is_whole_cell() && !typing("KP 10:30-11:15").is_unknown());
        assert_eq!(typing("kp").choices[0].person, person_id("kp"));
    }
}
