//! What the verdict bar says: a card for each unit with its pill, one sentence, and a mark for each other window.
//!
//! No pill that is not `COVERED` begins with that word.

use std::collections::BTreeMap;

use crate::checker::{Report, UnitVerdict, Verdict, VerdictWords};
use crate::model::{PersonId, Rota, Unit, UnitId, Window, WindowId, words};

use super::assign::initials;

/// One unit in the verdict bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictCard {
    pub unit: UnitId,
    /// Its name, made harmless.
    pub name: String,
    /// The worst of its windows.
    pub verdict: Verdict,
    /// Such as `SHORT 4 h, 2 h TO AGREE`: what waits for an answer is no smaller gap yet.
    pub pill: String,
    /// What the pill does not say: when, who, how much more.
    pub sentence: String,
    /// The same in fewer words, the longest first, each with how many it does not name; for a card with less room.
    pub shorter: Vec<String>,
    /// People are on its posts while it is closed, where nothing is checked.
    pub is_closed_over: bool,
    /// The windows that the pill does not speak of; all of them where there are more than two.
    pub marks: Vec<WindowMark>,
}

/// One window of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowMark {
    pub window: WindowId,
    pub verdict: Verdict,
    /// Such as `Wed 3 to agree`, or only `Wed` where there are more than two.
    pub text: String,
    /// The same where there is little room: `Wed 3 to agree`. What the number counts is never left out.
    pub brief: String,
    /// Only `Wed`, where there is room for nothing more.
    pub day: String,
    /// All of it, for the spoken name and the hover.
    pub spoken: String,
}

impl VerdictCard {
    /// The pill as shown: grey and `was …` while the verdicts are not current.
    pub fn pill_text(&self, is_current: bool) -> String {
        if is_current { self.pill.clone() } else { format!("was {}", self.pill) }
    }

    /// Whether the card needs no second line: covered (or closed) units stack two high.
    pub fn is_quiet(&self) -> bool {
        matches!(self.verdict, Verdict::Covered | Verdict::Closed) && !self.is_closed_over
    }
}

/// One card for each unit, in the order of the rota.
pub fn verdict_cards(rota: &Rota, report: &Report) -> Vec<VerdictCard> {
    let words = VerdictWords::new(rota, report);
    let mut of_units: BTreeMap<&UnitId, Vec<&UnitVerdict>> = BTreeMap::new();
    report.units.iter().for_each(|verdict| of_units.entry(&verdict.unit).or_default().push(verdict));
    let speak = Speak { rota, words: &words };
    rota.units.iter().map(|unit| speak.card(unit, of_units.get(&unit.id).map_or(&[], Vec::as_slice))).collect()
}

/// The worst of all, in small letters, for the list of recent files: `short 4 h`.
pub fn overall_text(rota: &Rota, report: &Report) -> String {
    let of_it: Vec<&UnitVerdict> = report.units.iter().filter(|u| u.verdict == report.verdict).collect();
    let all: Vec<&UnitVerdict> = report.units.iter().collect();
    VerdictWords::new(rota, report).pill_among(&of_it, &all).to_lowercase()
}

/// Speaks of one rota and what the checker says of it.
#[derive(Clone, Copy)]
pub(super) struct Speak<'a> {
    pub rota: &'a Rota,
    pub words: &'a VerdictWords<'a>,
}

impl Speak<'_> {
    fn card(&self, unit: &Unit, all: &[&UnitVerdict]) -> VerdictCard {
        let open = || all.iter().filter(|v| v.verdict != Verdict::Closed);
        let worst = open().map(|v| v.verdict).max();
        let verdict = worst.unwrap_or(if all.is_empty() { Verdict::NoNormalStaffing } else { Verdict::Closed });
        let of_it: Vec<&UnitVerdict> = all.iter().copied().filter(|v| v.verdict == verdict).collect();
        let mut marks: Vec<WindowMark> = Vec::new();
        if of_it.len() != all.len() || verdict == Verdict::Short && all.len() > 1 {
            let speaks_of = |v: &&&UnitVerdict| all.len() > 2 || of_it.len() > 1 || v.verdict != verdict;
            marks = all.iter().filter(speaks_of).map(|v| self.mark(v, all.len() > 2)).collect();
        }
        let over = self.closed_over(all);
        let is_closed_over = over.is_some();
        let sentence = match (over, verdict) {
            (Some(over), Verdict::Closed) => over,
            (Some(over), _) => format!("{over} {}", self.sentence(verdict, &of_it, all)),
            (None, _) => self.sentence(verdict, &of_it, all),
        };
        let shorter = match verdict {
            Verdict::IfAgreed => self.waiting_shorter(&of_it, all.len()),
            Verdict::NoNormalStaffing if !is_closed_over => self.not_compared_shorter(&of_it, all.len()),
            Verdict::Short if !is_closed_over => self.short_shorter(&of_it, all),
            _ => Vec::new(),
        };
        VerdictCard {
            unit: unit.id.clone(),
            name: words::safe(&unit.name).into_owned(),
            verdict,
            pill: self.words.pill_among(&of_it, all),
            shorter,
            sentence,
            is_closed_over,
            marks,
        }
    }

    pub(super) fn names(self, people: &[&PersonId]) -> Vec<String> {
        people.iter().map(|id| initials(self.rota, id)).collect()
    }

    fn mark(self, verdict: &UnitVerdict, only_day: bool) -> WindowMark {
        let day = self.rota.window(&verdict.window).map_or_else(String::new, |w| self.day(w));
        let pill = match verdict.verdict {
            Verdict::NoNormalStaffing => self.words.of(verdict),
            _ => self.words.pill(&[verdict]),
        };
        // "SHORT 2 h" and "NO NORMAL STAFFING" read as words beside the mark; the length keeps its small h.
        let spoken = format!("{day} {}", pill.to_lowercase());
        let awaited = self.words.awaited_of(&[verdict]);
        let number = match verdict.verdict {
            Verdict::IfAgreed => {
                let people = awaited.people(None).len();
                let sessions = awaited.count_of_sessions();
                match (people, awaited.sessions.is_empty()) {
                    (0, true) => None,
                    (0, false) => Some(format!("{sessions} to postpone")),
                    (people, true) => Some(format!("{people} to agree")),
                    (people, false) => Some(format!("{people} to agree, {sessions}")),
                }
            }
            Verdict::Errors => Some(words::count(self.words.errors(&[verdict]).len().max(1) as u64, "error")),
            Verdict::Short => {
                Some(verdict.short_minutes_if_agreed).filter(|n| *n > 0).map(|n| format!("short {}", hours(n)))
            }
            Verdict::Closed | Verdict::Covered | Verdict::NoNormalStaffing => None,
        };
        let brief = number.filter(|_| !only_day).map_or_else(|| day.clone(), |number| format!("{day} {number}"));
        let text = if only_day { day.clone() } else { spoken.clone() };
        WindowMark { window: verdict.window.clone(), verdict: verdict.verdict, text, brief, day, spoken }
    }

    pub(super) fn day(self, window: &Window) -> String {
        day_name(self.rota, window)
    }
}

/// `Tue`, or the window's label where two windows begin on such a day.
pub fn day_name(rota: &Rota, window: &Window) -> String {
    let zone = rota.zone();
    let of = |w: &Window| zone.civil(w.span.from).local.format("%a").to_string();
    let day = of(window);
    let again = rota.windows.iter().filter(|w| of(w) == day).count() > 1;
    if again && !window.label.trim().is_empty() { words::safe(&window.label).into_owned() } else { day }
}

fn hours(minutes: u64) -> String {
    words::length(i64::try_from(minutes).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{able, at, person_id, span, with, with_day};
    use super::*;
    use crate::checker::check;
    use crate::model::{Session, SessionId, SessionKind, SessionState, Status};

    fn text_of(rota: &Rota) -> String {
        let cards = verdict_cards(rota, &check(rota));
        let text = |c: &VerdictCard| {
            let marks: Vec<&str> = c.marks.iter().map(|m| m.text.as_str()).collect();
            format!("{} [{}] {} | {}", c.name, c.pill, c.sentence, marks.join(", "))
        };
        cards.iter().map(text).collect::<Vec<_>>().join("\n")
    }

    fn clinic_to_postpone() -> Session {
        let id = SessionId::new("s1").unwrap();
        Session {
            team: vec![person_id("hg")],
            appointments: 14,
            state: SessionState::ToPostpone,
            ..Session::new(id, SessionKind::Clinic, "Fracture clinic", span("09:00", "12:00"))
        }
    }

    fn two_days(mut rota: Rota) -> Rota {
        rota = with_day(rota, span("2016-04-27T08:00", "2016-04-27T17:00"));
        rota.windows[1].label = "Day 2".to_owned();
        rota
    }

    #[test]
    fn covered_says_when() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a3", "mg", "rs", "10:00", "17:00", Status::Agreed);
        assert_eq!(text_of(&rota), "A&E [COVERED] Tue 08:00–17:00. | ");
        assert_eq!(overall_text(&rota, &check(&rota)), "covered");
        let both = two_days(rota);
        assert_eq!(text_of(&both), "A&E [SHORT 25 h] Wed 08:00–17:00 Consultant and 1 more gap. | Tue covered");
    }

    #[test]
    fn a_day_and_the_night_after_it_are_not_two_days() {
        let mut both = two_days(able());
        both.windows[1].span = span("2016-04-26T17:00", "2016-04-26T22:00");
        both.normals[0].staffing.retain(|line| line.post.as_str() == "cons");
        both.normals[0].staffing[0].to = "22:00".parse().unwrap();
        let rota = with(both, "a1", "cons", "hg", "08:00", "22:00", Status::Agreed);
        assert_eq!(text_of(&rota), "A&E [COVERED] Throughout the walkout. | ");
        let day = |at: usize| day_name(&rota, &rota.windows[at]);
        assert_eq!((day(0), day(1)), ("Day 1".to_owned(), "Day 2".to_owned()));
    }

    #[test]
    fn with_less_room_a_short_card_counts_those_who_are_to_agree() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Asked);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Asked);
        let card = &verdict_cards(&rota, &check(&rota))[0];
        assert!(card.sentence.ends_with("HG and KP to agree."), "{}", card.sentence);
        assert_eq!(card.shorter, ["Tue 10:00–17:00 Middle grade. 2 to agree."]);
    }

    #[test]
    fn waiting_says_who_and_never_begins_with_covered() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Asked);
        let mut rota = with(rota, "a3", "mg", "rs", "10:00", "17:00", Status::Proposed);
        assert_eq!(text_of(&rota), "A&E [2 TO AGREE] KP is asked, RS is not asked yet. | ");
        rota.sessions.push(clinic_to_postpone());
        assert_eq!(
            text_of(&rota),
            "A&E [2 TO AGREE, 1 CLINIC TO POSTPONE] KP is asked, RS is not asked yet. Fracture clinic to postpone. | "
        );
        let two = two_days(rota);
        assert!(text_of(&two).ends_with("| Tue 2 to agree, 1 clinic to postpone"));
        // With less room the number keeps what it counts.
        assert_eq!(verdict_cards(&two, &check(&two))[0].marks[0].brief, "Tue 2 to agree, 1 clinic");
    }

    #[test]
    fn with_less_room_the_one_clinic_that_is_left_keeps_its_name() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let mut rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed);
        rota.sessions.push(clinic_to_postpone());
        for rest in [Status::Agreed, Status::Asked] {
            let rota = with(rota.clone(), "a3", "mg", "rs", "10:00", "17:00", rest);
            let card = verdict_cards(&rota, &check(&rota)).remove(0);
            let all: Vec<&String> = std::iter::once(&card.sentence).chain(&card.shorter).collect();
            assert!(all.iter().all(|text| text.ends_with("Fracture clinic to postpone.")), "{all:?}");
        }
        // Where the day is short too it is the same.
        let card = verdict_cards(&rota, &check(&rota)).remove(0);
        assert!(card.shorter[0].ends_with("Fracture clinic to postpone."), "{:?}", card.shorter);
    }

    #[test]
    fn short_says_where_and_what_waits() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a3", "mg", "rs", "10:00", "15:00", Status::Asked);
        assert_eq!(text_of(&rota), "A&E [SHORT 2 h, 5 h TO AGREE] Tue 15:00–17:00 Middle grade. RS to agree. | ");
        assert_eq!(overall_text(&rota, &check(&rota)), "short 2 h, 5 h to agree");
        // The command line says the same.
        let report = check(&rota);
        assert_eq!(VerdictWords::new(&rota, &report).of(&report.units[0]), "SHORT 2 h, 5 h TO AGREE");
    }

    #[test]
    fn two_people_with_the_same_initials_are_two() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Asked);
        let mut rota = with(rota, "a3", "mg", "rs", "10:00", "17:00", Status::Asked);
        rota.people[2].initials = "KP".to_owned();
        assert!(text_of(&rota).starts_with("A&E [2 TO AGREE]"), "{}", text_of(&rota));
    }

    #[test]
    fn nothing_normal_and_closed_promise_nothing() {
        let mut rota = able();
        rota.normals[0].staffing.clear();
        assert_eq!(text_of(&rota), "A&E [NO NORMAL STAFFING] Not compared: no normal staffing entered. | ");
        rota.normals[0].closed.push(rota.units[0].id.clone());
        assert_eq!(text_of(&rota), "A&E [CLOSED] Closed that day. | ");
        rota.windows.clear();
        assert_eq!(text_of(&rota), "A&E [NO NORMAL STAFFING] Not compared: no normal staffing entered. | ");
        assert_eq!(overall_text(&Rota::empty(), &check(&Rota::empty())), "no normal staffing");
    }

    #[test]
    fn figures_that_nobody_has_agreed_hide_nothing_that_is_left_to_do() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let mut rota = with(rota, "a3", "mg", "rs", "10:00", "17:00", Status::Agreed);
        rota.normals[0].example = true;
        let how = "Nobody has agreed the normal staffing: agree it in Rota > Normal staffing…";
        assert_eq!(text_of(&rota), format!("A&E [FIGURES NOT AGREED] No gaps against these figures. {how} | "));
        let card = &verdict_cards(&rota, &check(&rota))[0];
        assert_eq!(card.shorter, ["Agree them in Rota > Normal staffing…"]);
        rota.assignments[2].status = Status::Asked;
        rota.sessions.push(clinic_to_postpone());
        let left = "RS is asked. Fracture clinic to postpone.";
        assert_eq!(text_of(&rota), format!("A&E [FIGURES NOT AGREED] {left} {how} | "));
        let report = check(&rota);
        let said = "FIGURES NOT AGREED, 1 TO AGREE, 1 CLINIC TO POSTPONE";
        assert_eq!(VerdictWords::new(&rota, &report).of(&report.units[0]), said);
        assert_eq!(crate::checker::overall_words(&rota, &report), said);
        // Where the figures of another day are agreed, it is said of which day they are not.
        let mut two = two_days(rota);
        two.normals.push(crate::model::Normal {
            id: crate::model::NormalId::new("other").unwrap(),
            example: false,
            ..two.normals[0].clone()
        });
        two.windows[0].normal = two.normals[1].id.clone();
        for (at, person) in [("a5", "hg"), ("a6", "kp"), ("a7", "rs")] {
            let post = if person == "hg" { "cons" } else { "mg" };
            two = with(two, at, post, person, "2016-04-27T08:00", "2016-04-27T17:00", Status::Agreed);
        }
        assert_eq!(
            text_of(&two),
            "A&E [FIGURES NOT AGREED] No gaps against these figures. Nobody has agreed the normal staffing of Wed: agree it in \
             Rota > Normal staffing… | Tue 1 to agree, 1 clinic to postpone"
        );
    }

    #[test]
    fn hours_that_are_not_compared_hide_nothing_that_is_left_to_do() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "18:00", Status::Agreed);
        let mut rota = with(rota, "a3", "mg", "rs", "10:00", "18:00", Status::Asked);
        rota.windows[0].span = span("07:00", "17:00");
        assert_eq!(
            text_of(&rota),
            "A&E [NOT COMPARED 07:00–08:00] Not compared 07:00–08:00: no normal staffing entered. RS is asked. | "
        );
    }

    #[test]
    fn an_error_is_counted_and_told() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a3", "mg", "rs", "10:00", "17:00", Status::Agreed);
        let mut rota = with(rota, "a4", "sho", "an", "08:00", "12:00", Status::Agreed);
        rota.people[3].may_cover.clear();
        let text = text_of(&rota);
        assert!(text.starts_with("A&E [1 ERROR] "), "{text}");
        assert!(text.contains("AN"), "{text}");
        assert!(rota.windows[0].span.contains(at("08:00")));
        // Nor is a gap that an answer closes one of them, and the command line counts as the window does.
        let mut waiting = rota.clone();
        waiting.assignments.iter_mut().find(|a| a.person == person_id("kp")).unwrap().status = Status::Asked;
        for (rota, pill) in [(&rota, "1 ERROR"), (&waiting, "1 ERROR, 1 TO AGREE")] {
            let report = check(rota);
            assert_eq!(report.units[0].verdict, Verdict::Errors);
            assert_eq!(VerdictWords::new(rota, &report).of(&report.units[0]), pill);
        }
        assert!(text_of(&waiting).ends_with("KP is asked. | "), "{}", text_of(&waiting));
    }

    #[test]
    fn a_proposal_closes_no_gap_before_somebody_has_agreed() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed);
        assert!(text_of(&rota).starts_with("A&E [SHORT 7 h] "), "{}", text_of(&rota));
        let mut rota = with(rota, "a3", "mg", "rs", "15:00", "17:00", Status::Proposed);
        assert!(text_of(&rota).starts_with("A&E [SHORT 5 h, 2 h TO AGREE] "), "{}", text_of(&rota));
        rota.assignments.last_mut().unwrap().status = Status::Agreed;
        assert!(text_of(&rota).starts_with("A&E [SHORT 5 h] "), "{}", text_of(&rota));
    }

    /// Three days on which so many are asked, none, and both.
    fn three_days() -> Rota {
        let mut rota = two_days(able());
        let third = Window {
            id: WindowId::new("w3").unwrap(),
            label: "Day 3".to_owned(),
            span: span("2016-04-28T08:00", "2016-04-28T17:00"),
            ..rota.windows[0].clone()
        };
        rota.windows.push(third);
        rota.normals[0].staffing.retain(|line| line.post.as_str() == "mg" && line.to.to_string() == "17:00");
        rota
    }

    #[test]
    fn a_card_with_less_room_says_how_many_it_does_not_name() {
        let day = |day: u32, time: &str| format!("2016-04-{day}T{time}");
        let mut rota = three_days();
        for (id, person, on) in [("a1", "kp", 26), ("a2", "kp", 27), ("a3", "rs", 28)] {
            rota = with(rota, id, "mg", person, &day(on, "08:00"), &day(on, "17:00"), Status::Proposed);
        }
        let cards = verdict_cards(&rota, &check(&rota));
        assert_eq!(cards[0].pill, "2 TO AGREE");
        assert_eq!(cards[0].sentence, "Tue and Wed: KP is not asked yet. Thu: RS is not asked yet.");
        assert_eq!(
            cards[0].shorter,
            ["Tue and Wed: KP is not asked yet. 1 more to agree on Thu.", "2 to agree on Tue, Wed and Thu."]
        );
    }

    #[test]
    fn what_waits_on_days_that_are_not_short_is_in_the_total() {
        let day = |day: u32, time: &str| format!("2016-04-{day}T{time}");
        let mut rota = three_days();
        for (id, on) in [("a1", 27), ("a2", 28)] {
            rota = with(rota, id, "mg", "kp", &day(on, "08:00"), &day(on, "17:00"), Status::Asked);
        }
        let report = check(&rota);
        let hours: u64 =
            report.units.iter().map(|unit| unit.short_minutes - unit.short_minutes_if_agreed).sum::<u64>() / 60;
        let short = report.units.iter().map(|unit| unit.short_minutes_if_agreed).sum::<u64>() / 60;
        assert!(hours > 0 && short > 0);
        let cards = verdict_cards(&rota, &report);
        assert_eq!(cards[0].pill, format!("SHORT {short} h, {hours} h TO AGREE"));
        assert_eq!(overall_text(&rota, &report), format!("short {short} h, {hours} h to agree"));
        assert_eq!(crate::checker::overall_words(&rota, &report), cards[0].pill);
        assert!(cards[0].sentence.ends_with("KP to agree."), "{}", cards[0].sentence);
    }

    #[test]
    fn what_is_short_only_once_all_agree_says_where_too() {
        // KP would be in two places, so the gap that an answer closes opens another.
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "10:00", Status::Agreed);
        let rota = with(rota, "a3", "mg", "rs", "10:00", "17:00", Status::Agreed);
        let rota = with(rota, "a4", "mg", "kp", "10:00", "17:00", Status::Asked);
        let rota = with(rota, "a5", "sho", "kp", "08:00", "09:00", Status::Proposed);
        assert_eq!(text_of(&rota), "A&E [SHORT 1 h, 6 h TO AGREE] Tue 08:00–09:00 Middle grade. KP to agree. | ");
    }

    #[test]
    fn what_is_short_says_too_what_is_not_compared() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let mut rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed);
        rota.windows[0].span = span("08:00", "2016-04-27T08:00");
        assert_eq!(
            text_of(&rota),
            "A&E [SHORT 8 h] Not compared Tue 18:00–08:00: no normal staffing entered. Tue 10:00–18:00 Middle grade. | "
        );
        let report = check(&rota);
        assert_eq!(VerdictWords::new(&rota, &report).of(&report.units[0]), "SHORT 8 h, NOT COMPARED 18:00–08:00");
    }

    #[test]
    fn no_pill_of_another_verdict_begins_with_covered() {
        for (verdict, pill) in [
            (Verdict::Closed, "CLOSED"),
            (Verdict::IfAgreed, "TO AGREE"),
            (Verdict::Errors, "1 ERROR"),
            (Verdict::NoNormalStaffing, "FIGURES NOT AGREED"),
            (Verdict::Short, "SHORT"),
        ] {
            let rota = able();
            let mut report = check(&rota);
            report.findings.clear();
            let unit = &mut report.units[0];
            (unit.verdict, unit.short_minutes, unit.short_minutes_if_agreed) = (verdict, 0, 0);
            let words = VerdictWords::new(&rota, &report);
            assert_eq!(words.pill(&report.units.iter().collect::<Vec<_>>()), pill);
        }
    }
}
