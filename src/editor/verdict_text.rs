//! What the verdict bar says: a card for each unit with its pill, one sentence, and a mark for each other window.
//!
//! No pill that is not `COVERED` begins with that word.

use crate::checker::{Code, Finding, Report, UnitVerdict, Verdict, not_compared, stays_an_error};
use crate::model::{PersonId, Rota, SessionKind, SessionState, Status, Unit, UnitId, Window, WindowId, words};

use super::assign::initials;

/// The shape and colour of a pill or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PillKind {
    /// The unit does not open.
    Closed,
    /// Disc with a tick, quiet outline.
    Covered,
    /// Half disc, amber.
    ToAgree,
    /// Diamond with !, red outline.
    Errors,
    /// Dashed ring with ?, grey.
    NoNormal,
    /// Square with a cross, red.
    Short,
}

impl PillKind {
    /// The kind of a verdict.
    #[must_use]
    pub fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Closed => Self::Closed,
            Verdict::Covered => Self::Covered,
            Verdict::IfAgreed => Self::ToAgree,
            Verdict::Errors => Self::Errors,
            Verdict::NoNormalStaffing => Self::NoNormal,
            Verdict::Short => Self::Short,
        }
    }
}

/// One unit in the verdict bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictCard {
    /// The unit.
    pub unit: UnitId,
    /// Its name, made harmless.
    pub name: String,
    /// The worst of its windows.
    pub kind: PillKind,
    /// Such as `SHORT 4 h`.
    pub pill: String,
    /// What the pill does not say: when, who, how much more.
    pub sentence: String,
    /// The windows that the pill does not speak of; all of them where there are more than two.
    pub marks: Vec<WindowMark>,
}

/// One window of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowMark {
    /// Which.
    pub window: WindowId,
    /// Its verdict.
    pub kind: PillKind,
    /// Such as `Wed 3 to agree`, or only `Wed` where there are more than two.
    pub text: String,
    /// The same where there is little room: `Wed 3`. The number is never left out.
    pub brief: String,
    /// All of it, for the spoken name and the hover.
    pub spoken: String,
}

impl VerdictCard {
    /// The pill as shown: grey and `was …` while the verdicts are not current.
    #[must_use]
    pub fn pill_text(&self, is_current: bool) -> String {
        if is_current { self.pill.clone() } else { format!("was {}", self.pill) }
    }

    /// Whether the card needs no second line: covered (or closed) units stack two high.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        matches!(self.kind, PillKind::Covered | PillKind::Closed)
    }
}

/// One card for each unit, in the order of the rota.
#[must_use]
pub fn verdict_cards(rota: &Rota, report: &Report) -> Vec<VerdictCard> {
    let speak = Speak { rota, report };
    rota.units.iter().map(|unit| speak.card(unit)).collect()
}

/// The worst of all, in small letters, for the list of recent files: `short 4 h`.
#[must_use]
pub fn overall_text(rota: &Rota, report: &Report) -> String {
    let of_it: Vec<&UnitVerdict> = report.units.iter().filter(|u| u.verdict == report.verdict).collect();
    if of_it.is_empty() {
        return "no normal staffing".to_owned();
    }
    Speak { rota, report }.pill(report.verdict, &of_it).to_lowercase()
}

/// Speaks of one rota and what the checker says of it.
#[derive(Clone, Copy)]
pub(super) struct Speak<'a> {
    pub rota: &'a Rota,
    pub report: &'a Report,
}

impl<'a> Speak<'a> {
    fn card(&self, unit: &Unit) -> VerdictCard {
        let all: Vec<&UnitVerdict> = self.report.units.iter().filter(|v| v.unit == unit.id).collect();
        let open = || all.iter().filter(|v| v.verdict != Verdict::Closed);
        let worst = open().map(|v| v.verdict).max();
        let verdict = worst.unwrap_or(if all.is_empty() { Verdict::NoNormalStaffing } else { Verdict::Closed });
        let of_it: Vec<&UnitVerdict> = all.iter().copied().filter(|v| v.verdict == verdict).collect();
        let mut marks: Vec<WindowMark> = Vec::new();
        if of_it.len() != all.len() || verdict == Verdict::Short && all.len() > 1 {
            let speaks_of = |v: &&&UnitVerdict| all.len() > 2 || of_it.len() > 1 || v.verdict != verdict;
            marks = all.iter().filter(speaks_of).map(|v| self.mark(v, all.len() > 2)).collect();
        }
        VerdictCard {
            unit: unit.id.clone(),
            name: words::safe(&unit.name).into_owned(),
            kind: PillKind::of(verdict),
            pill: self.pill(verdict, &of_it),
            sentence: self.sentence(verdict, &of_it, all.len()),
            marks,
        }
    }

    fn pill(self, verdict: Verdict, of_it: &[&UnitVerdict]) -> String {
        match verdict {
            Verdict::Closed => "CLOSED".to_owned(),
            Verdict::Covered => "COVERED".to_owned(),
            Verdict::NoNormalStaffing => not_compared(self.rota, of_it),
            Verdict::IfAgreed => self.to_agree(of_it).to_uppercase(),
            Verdict::Errors => words::count(self.errors(of_it).len().max(1) as u64, "error").to_uppercase(),
            Verdict::Short => {
                let minutes: u64 = of_it.iter().map(|v| v.short_minutes_if_agreed).sum();
                let posts = self.uncovered_posts(of_it);
                match (minutes, posts.len()) {
                    (0, 0) => "SHORT".to_owned(),
                    (0, posts) => format!("SHORT {}", words::count(posts as u64, "post").to_uppercase()),
                    (minutes, _) => format!("SHORT {}", hours(minutes)),
                }
            }
        }
    }

    /// Such as `2 to agree, 1 clinic to postpone`.
    fn to_agree(self, of_it: &[&UnitVerdict]) -> String {
        let people = self.all_pending(of_it);
        let mut parts = Vec::new();
        if !people.is_empty() {
            parts.push(format!("{} to agree", people.len()));
        }
        let sessions = self.to_postpone(of_it);
        if !sessions.is_empty() {
            let noun = noun(sessions.iter().map(|s| s.kind));
            parts.push(format!("{} to postpone", words::count(sessions.len() as u64, noun)));
        }
        if parts.is_empty() { "to agree".to_owned() } else { parts.join(", ") }
    }

    /// Who is not agreed on a post of the unit in the window: all, or of one status.
    pub(super) fn pending(self, verdict: &UnitVerdict, status: Option<Status>) -> Vec<&'a PersonId> {
        let Some(window) = self.rota.window(&verdict.window) else { return Vec::new() };
        let wanted = |s: Status| match status {
            Some(status) => s == status,
            None => matches!(s, Status::Proposed | Status::Asked),
        };
        let of_unit = |a: &&crate::model::Assignment| {
            wanted(a.status)
                && a.span.overlaps(window.span)
                && self.rota.post(&a.post).is_some_and(|p| p.unit == verdict.unit)
        };
        let mut people: Vec<&PersonId> = Vec::new();
        for assignment in self.rota.assignments.iter().filter(of_unit) {
            if !people.contains(&&assignment.person) {
                people.push(&assignment.person);
            }
        }
        people
    }

    /// The same of several windows, each once.
    pub(super) fn all_pending(self, of_it: &[&UnitVerdict]) -> Vec<&'a PersonId> {
        let mut people: Vec<&PersonId> = of_it.iter().flat_map(|v| self.pending(v, None)).collect();
        people.sort();
        people.dedup();
        people
    }

    pub(super) fn names(self, people: &[&PersonId]) -> Vec<String> {
        people.iter().map(|id| initials(self.rota, id)).collect()
    }

    /// Sessions to postpone of people who are on the unit's posts meanwhile.
    pub(super) fn to_postpone(self, of_it: &[&UnitVerdict]) -> Vec<&'a crate::model::Session> {
        let rota = self.rota;
        let blocks = |session: &crate::model::Session| {
            rota.assignments.iter().any(|a| {
                a.status != Status::Declined
                    && session.team.contains(&a.person)
                    && a.span.overlaps(session.span)
                    && of_it.iter().any(|v| {
                        let here = rota.window(&v.window).is_some_and(|w| w.span.overlaps(a.span));
                        here && rota.post(&a.post).is_some_and(|p| p.unit == v.unit && !p.on_call)
                    })
            })
        };
        rota.sessions.iter().filter(|s| s.state == SessionState::ToPostpone && blocks(s)).collect()
    }

    pub(super) fn findings<'b>(self, of_it: &'b [&UnitVerdict]) -> impl Iterator<Item = &'a Finding> + use<'a, 'b> {
        let first = of_it.first().map(|v| &v.unit);
        let one_unit = of_it.iter().all(|v| Some(&v.unit) == first);
        let of = move |f: &&Finding| {
            // Most findings are of other units: that is seen at once.
            (!one_unit || f.unit.as_ref() == first)
                && of_it.iter().any(|v| f.window.as_ref() == Some(&v.window) && f.unit.as_ref() == Some(&v.unit))
        };
        self.report.findings.iter().filter(of)
    }

    /// What is an error whatever they answer.
    pub(super) fn errors(self, of_it: &[&UnitVerdict]) -> Vec<&'a Finding> {
        self.findings(of_it).filter(|f| stays_an_error(f)).collect()
    }

    fn uncovered_posts(self, of_it: &[&UnitVerdict]) -> Vec<&'a Finding> {
        let stays = |f: &&Finding| f.code == Code::Cov2 && stays_an_error(f);
        self.findings(of_it).filter(stays).collect()
    }

    fn mark(self, verdict: &UnitVerdict, only_day: bool) -> WindowMark {
        let day = self.rota.window(&verdict.window).map_or_else(String::new, |w| self.day(w));
        let pill = self.pill(verdict.verdict, &[verdict]);
        // "SHORT 2 h" and "NO NORMAL STAFFING" read as words beside the mark; the length keeps its small h.
        let spoken = format!("{day} {}", pill.to_lowercase());
        let number = match verdict.verdict {
            Verdict::IfAgreed => Some(self.pending(verdict, None).len()).filter(|n| *n > 0).map(|n| n.to_string()),
            Verdict::Errors => Some(self.errors(&[verdict]).len().max(1).to_string()),
            Verdict::Short => Some(verdict.short_minutes_if_agreed).filter(|n| *n > 0).map(hours),
            Verdict::Closed | Verdict::Covered | Verdict::NoNormalStaffing => None,
        };
        let brief = number.filter(|_| !only_day).map_or_else(|| day.clone(), |number| format!("{day} {number}"));
        let text = if only_day { day } else { spoken.clone() };
        WindowMark { window: verdict.window.clone(), kind: PillKind::of(verdict.verdict), text, brief, spoken }
    }

    /// `Tue`, or the window's label where two windows begin on such a day.
    pub(super) fn day(self, window: &Window) -> String {
        let zone = self.rota.zone();
        let of = |w: &Window| zone.civil(w.span.from).local.format("%a").to_string();
        let day = of(window);
        let again = self.rota.windows.iter().filter(|w| of(w) == day).count() > 1;
        if again && !window.label.trim().is_empty() { words::safe(&window.label).into_owned() } else { day }
    }
}

pub(super) fn hours(minutes: u64) -> String {
    words::length(i64::try_from(minutes).unwrap_or(i64::MAX))
}

/// What the sessions are called together.
pub(super) fn noun(kinds: impl Iterator<Item = SessionKind>) -> &'static str {
    let mut nouns: Vec<&str> = kinds
        .map(|kind| match kind {
            SessionKind::Clinic => "clinic",
            SessionKind::Theatre | SessionKind::DayCase => "list",
            SessionKind::Other => "session",
        })
        .collect();
    nouns.dedup();
    match nouns.as_slice() {
        [one] => one,
        _ => "session",
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{at, person_id, rota, span, with};
    use super::*;
    use crate::checker::check;
    use crate::model::{MayCover, Session, SessionId};

    /// Everybody may cover everything; the unit needs a consultant and one or two middle grades.
    fn able() -> Rota {
        let mut rota = rota();
        for person in &mut rota.people {
            person.may_cover = vec![MayCover::up_to(rota.units[0].id.clone(), rota.units[0].tiers[2].id.clone())];
        }
        rota
    }

    fn told(rota: &Rota) -> String {
        let cards = verdict_cards(rota, &check(rota));
        let text = |c: &VerdictCard| {
            let marks: Vec<&str> = c.marks.iter().map(|m| m.text.as_str()).collect();
            format!("{} [{}] {} | {}", c.name, c.pill, c.sentence, marks.join(", "))
        };
        cards.iter().map(text).collect::<Vec<_>>().join("\n")
    }

    fn two_days(mut rota: Rota) -> Rota {
        let window = Window {
            id: WindowId::new("w2").unwrap(),
            label: "Day 2".to_owned(),
            span: span("2016-04-27T08:00", "2016-04-27T17:00"),
            ..rota.windows[0].clone()
        };
        rota.windows.push(window);
        rota
    }

    #[test]
    fn covered_says_when() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a3", "mg", "rs", "10:00", "17:00", Status::Agreed);
        assert_eq!(told(&rota), "A&E [COVERED] Tue, 08:00–17:00, all agreed. | ");
        assert_eq!(overall_text(&rota, &check(&rota)), "covered");
        let both = two_days(rota);
        assert_eq!(told(&both), "A&E [SHORT 25 h] Wed 08:00–17:00 Consultant, 08:00–17:00 Middle grade. | Tue covered");
    }

    #[test]
    fn waiting_says_who_and_never_begins_with_covered() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Asked);
        let mut rota = with(rota, "a3", "mg", "rs", "10:00", "17:00", Status::Proposed);
        assert_eq!(told(&rota), "A&E [2 TO AGREE] KP is asked, RS is not asked yet. | ");
        rota.sessions.push(Session {
            id: SessionId::new("s1").unwrap(),
            kind: SessionKind::Clinic,
            title: "Fracture clinic".to_owned(),
            specialty: String::new(),
            span: span("09:00", "12:00"),
            team: vec![person_id("hg")],
            appointments: 14,
            inpatient: 0,
            day_case: 0,
            protected: false,
            state: SessionState::ToPostpone,
            locked: false,
            note: String::new(),
        });
        assert_eq!(
            told(&rota),
            "A&E [2 TO AGREE, 1 CLINIC TO POSTPONE] KP is asked, RS is not asked yet. Fracture clinic to postpone. | "
        );
        assert!(told(&two_days(rota)).ends_with("| Tue 2 to agree, 1 clinic to postpone"));
    }

    #[test]
    fn short_says_where_and_what_waits() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a3", "mg", "rs", "10:00", "15:00", Status::Asked);
        assert_eq!(told(&rota), "A&E [SHORT 2 h] Tue 15:00–17:00 Middle grade. 5 h more depends on RS agreeing. | ");
        assert_eq!(overall_text(&rota, &check(&rota)), "short 2 h");
    }

    #[test]
    fn two_people_with_the_same_initials_are_two() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Asked);
        let mut rota = with(rota, "a3", "mg", "rs", "10:00", "17:00", Status::Asked);
        rota.people[2].initials = "KP".to_owned();
        assert!(told(&rota).starts_with("A&E [2 TO AGREE]"), "{}", told(&rota));
    }

    #[test]
    fn nothing_normal_and_closed_promise_nothing() {
        let mut rota = able();
        rota.normals[0].staffing.clear();
        assert_eq!(told(&rota), "A&E [NO NORMAL STAFFING] Not compared: no normal staffing entered. | ");
        rota.normals[0].closed.push(rota.units[0].id.clone());
        assert_eq!(told(&rota), "A&E [CLOSED] Closed that day. | ");
        rota.windows.clear();
        assert_eq!(told(&rota), "A&E [NO NORMAL STAFFING] Not compared: no normal staffing entered. | ");
        assert_eq!(overall_text(&Rota::empty(), &check(&Rota::empty())), "no normal staffing");
    }

    #[test]
    fn an_error_is_counted_and_told() {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a3", "mg", "rs", "10:00", "17:00", Status::Agreed);
        let mut rota = with(rota, "a4", "sho", "an", "08:00", "12:00", Status::Agreed);
        rota.people[3].may_cover.clear();
        let text = told(&rota);
        assert!(text.starts_with("A&E [1 ERROR] "), "{text}");
        assert!(text.contains("AN"), "{text}");
        assert!(rota.windows[0].span.contains(at("08:00")));
        // Nor is a gap that an answer closes one of them, and the command line counts as the window does.
        let mut waiting = rota.clone();
        waiting.assignments.iter_mut().find(|a| a.person == person_id("kp")).unwrap().status = Status::Asked;
        for rota in [&rota, &waiting] {
            let report = check(rota);
            assert_eq!(report.units[0].verdict, Verdict::Errors);
            assert_eq!(crate::checker::verdict_words(rota, &report, &report.units[0]), "1 ERROR");
        }
    }

    #[test]
    fn no_pill_of_another_verdict_begins_with_covered() {
        let rota = able();
        let speak = Speak { rota: &rota, report: &check(&rota) };
        for verdict in [Verdict::Closed, Verdict::IfAgreed, Verdict::Errors, Verdict::NoNormalStaffing, Verdict::Short]
        {
            let pill = speak.pill(verdict, &speak.report.units.iter().collect::<Vec<_>>());
            assert!(!pill.to_lowercase().starts_with("covered"), "{pill}");
        }
    }
}
