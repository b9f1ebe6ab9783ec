//! The head of the panel's list: what it gives unit by unit, what it costs, what stays short, and whether that is
//! proven. In a low window what is less important is folded.

use egui::Color32;

use crate::checker::Verdict;
use crate::editor::suggest::{
    SuggestFor, UnitChange, lasting_errors, left_out_text, moved_text, on_call_clashes, short_rests,
};
use crate::editor::verdict_text::{PillKind, verdict_cards};
use crate::model::{UnitId, words};

use super::super::theme::Type;
use super::lines::{DETAILS, Lead, Line, Link, RIGHT};
use super::writer::Writer;

/// Verdicts of single days that are listed in a low window and in a high one; more are told unit by unit.
const VERDICTS_MAX: (usize, usize) = (3, 8);
/// Errors that are told; the others are counted.
const ERRORS_MAX: usize = 3;

/// What becomes of a unit, on one day or on all of them.
struct Gives {
    name: String,
    now: (PillKind, String),
    then: (PillKind, String),
}

impl Writer<'_> {
    pub(super) fn summary(&self, lines: &mut Vec<Line>) {
        self.scope(lines);
        if self.proposal.items.is_empty() {
            self.nothing(lines);
            return;
        }
        let changes = self.verdict_changes();
        let is_by_unit = changes.len() > if self.is_low { VERDICTS_MAX.0 } else { VERDICTS_MAX.1 };
        let gives = if is_by_unit { self.by_unit(&changes) } else { self.by_day(&changes) };
        lines.extend(gives.iter().map(|gives| self.verdict(gives)));
        self.errors(lines, &changes);
        self.price(lines);
        if self.is_low || is_by_unit {
            let open = self.is_open(DETAILS);
            let what = if is_by_unit { "by day, unit and specialty" } else { "by unit and specialty" };
            let text = format!("{} {what}", if open { "Hide" } else { "Show" });
            lines.push(Line::Fold { at: DETAILS, open, text });
            if open {
                let days = if is_by_unit { self.by_day(&changes) } else { Vec::new() };
                lines.extend(days.iter().map(|gives| self.verdict(gives)));
                self.details(lines);
            }
        } else {
            self.details(lines);
        }
    }

    /// What it was asked for, where that is not everything.
    fn scope(&self, lines: &mut Vec<Line>) {
        let what = self.what.words(self.rota());
        let what = match self.what {
            SuggestFor::Everything => return,
            SuggestFor::Unit(_) | SuggestFor::Window(_) => what,
            SuggestFor::Gap(_) => format!("the gap {what}"),
        };
        let text = format!("For {what} only: cover elsewhere stays unchanged.");
        self.words(lines, &text, Type::Body, Lead::Nothing, 6.0);
    }

    fn nothing(&self, lines: &mut Vec<Line>) {
        let is_filled = self.gaps().is_empty();
        let text = match (is_filled, self.is_agreed(), self.proposal.plan.is_optimal()) {
            (true, true, _) => "Every post is filled.",
            (true, false, _) => "Every post is filled; just waiting for answers.",
            (false, _, true) => "Nobody else could be found for the remaining gaps.",
            (false, _, false) => "Nothing better was found in the time there was.",
        };
        self.words(lines, text, Type::Unit, Lead::Nothing, 10.0);
        self.errors(lines, &self.verdict_changes());
        if !is_filled {
            self.remains(lines);
            self.proof(lines);
        }
        self.rests(lines);
    }

    fn price(&self, lines: &mut Vec<Line>) {
        self.words(lines, &self.proposal.price().text(), Type::Strong, Lead::Nothing, 6.0);
        self.remains(lines);
        self.proof(lines);
        self.rests(lines);
        let clashes = on_call_clashes(self.proposal);
        if clashes > 0 {
            let verb = if clashes == 1 { "clashes" } else { "clash" };
            let text = format!("{clashes} of these {verb} with someone’s on-call.");
            self.words(lines, &text, Type::Body, Lead::Warning, 2.0);
        }
        for error in self.proposal.preview.new_errors.iter().take(ERRORS_MAX) {
            self.words(lines, &format!("With these changes: {error}"), Type::Body, Lead::Error, 2.0);
        }
    }

    /// Who has too little rest already: no change of the suggestion brings it about, and none mends it.
    fn rests(&self, lines: &mut Vec<Line>) {
        let who = short_rests(self.proposal);
        if !who.is_empty() {
            let verb = if who.len() == 1 { "has" } else { "have" };
            let text = format!("{} {verb} too little rest already, without these changes.", words::list(&who));
            self.words(lines, &text, Type::Body, Lead::Warning, 2.0);
        }
    }

    /// What stays short of what was asked about.
    fn remains(&self, lines: &mut Vec<Line>) {
        let gaps = self.gap_count();
        // A gap is part of a unit's day: the unit's minutes say nothing of it.
        let is_gap = matches!(self.what, SuggestFor::Gap(_));
        let minutes = if is_gap { 0 } else { self.short_minutes() };
        let in_gaps = match gaps {
            0 => String::new(),
            1 => " in 1 gap".to_owned(),
            more => format!(" in {more} gaps"),
        };
        let (lead, text) = match (minutes, gaps) {
            (0, 0) if self.is_agreed() => (Lead::Covered, "No gaps.".to_owned()),
            (0, 0) if is_gap => (Lead::Waiting, "The gap is filled if everyone agrees.".to_owned()),
            (0, 0) => (Lead::Waiting, "No gaps if everyone agrees.".to_owned()),
            (0, _) => (Lead::Short, format!("Still not covered{in_gaps}.")),
            (minutes, _) => (Lead::Short, format!("{} still uncovered{in_gaps}.", words::length(minutes))),
        };
        self.words(lines, &text, Type::Body, lead, 0.0);
    }

    /// Whether all that it is about is covered with nobody left to be asked.
    fn is_agreed(&self) -> bool {
        let units = self.proposal.preview.report.units.iter();
        let mut concerned = units.filter(|of| self.what.concerns(self.rota(), &of.unit, &of.window));
        concerned.all(|of| of.verdict <= Verdict::Covered)
    }

    /// Doctor-minutes that stay short with what is ticked, if all agree.
    fn short_minutes(&self) -> i64 {
        let units = self.proposal.preview.report.units.iter();
        let concerned = units.filter(|of| self.what.concerns(self.rota(), &of.unit, &of.window));
        let minutes = concerned.filter(|of| of.verdict != Verdict::Closed).map(|of| of.short_minutes_if_agreed);
        i64::try_from(minutes.sum::<u64>()).unwrap_or(i64::MAX)
    }

    /// What is proven, and what to do where it is not.
    fn proof(&self, lines: &mut Vec<Line>) {
        let proposal = self.proposal;
        if proposal.is_older || proposal.left_out > 0 {
            let text = if proposal.left_out > 0 {
                let left_out = left_out_text(proposal.left_out, &proposal.left_out_whys);
                format!("You changed the rota: {left_out}. The rest still fits.")
            } else {
                "You changed the rota: the suggestion still fits, but may no longer be the best.".to_owned()
            };
            self.words(lines, &text, Type::Body, Lead::Warning, 2.0);
            self.words(lines, "Suggest again", Type::Body, Lead::Link(Link::Again), 0.0);
            return;
        }
        if !self.is_all_ticked() {
            let text = "Some changes unticked: no longer proven best.";
            self.words(lines, text, Type::Body, Lead::NotProven, 2.0);
            return;
        }
        let what = (*self.what != SuggestFor::Everything).then(|| self.what.words(self.rota()));
        let text = format!("{}.", proposal.plan.proof(what.as_deref()));
        if proposal.plan.is_optimal() {
            self.words(lines, &text, Type::Body, Lead::Proven, 2.0);
        } else {
            self.words(lines, &text, Type::Body, Lead::NotProven, 2.0);
            self.words(lines, "Keep looking (up to 1 minute)", Type::Body, Lead::Link(Link::Longer), 0.0);
        }
    }

    fn details(&self, lines: &mut Vec<Line>) {
        let specialties = self.proposal.price().specialties();
        if !specialties.is_empty() {
            self.words(lines, &specialties, Type::Small, Lead::Nothing, 0.0);
        }
        self.words(lines, &format!("{}.", moved_text(self.proposal)), Type::Small, Lead::Nothing, 2.0);
        self.prices(lines);
    }

    fn verdict_changes(&self) -> Vec<UnitChange> {
        let mut changes = self.proposal.preview.changes(self.rota(), self.doc.report());
        changes.retain(|change| self.what.concerns(self.rota(), &change.unit, &change.window));
        changes
    }

    fn unit_name(&self, unit: &UnitId) -> String {
        self.rota().unit(unit).map(|unit| words::safe(&unit.name).into_owned()).unwrap_or_default()
    }

    fn by_day(&self, changes: &[UnitChange]) -> Vec<Gives> {
        let rota = self.rota();
        let one = |change: &UnitChange| {
            let day = rota.window(&change.window).map(|window| self.day(window.span.from)).unwrap_or_default();
            let unit = self.unit_name(&change.unit);
            let name = if rota.windows.len() > 1 { format!("{unit}, {day}") } else { unit };
            let of = |(verdict, text): &(Verdict, String)| (PillKind::of(*verdict), text.clone());
            Gives { name, now: of(&change.now), then: of(&change.then) }
        };
        changes.iter().map(one).collect()
    }

    /// Unit by unit, as the bar above the grid says it.
    fn by_unit(&self, changes: &[UnitChange]) -> Vec<Gives> {
        let now = verdict_cards(self.rota(), self.doc.report());
        let then = verdict_cards(&self.proposal.preview.rota, &self.proposal.preview.report);
        let both = now.into_iter().zip(then);
        let changed = both.filter(|(now, _)| changes.iter().any(|change| change.unit == now.unit));
        changed
            .map(|(now, then)| Gives { name: now.name, now: (now.kind, now.pill), then: (then.kind, then.pill) })
            .collect()
    }

    /// The errors that stay whatever anybody answers, each told whole.
    fn errors(&self, lines: &mut Vec<Line>, changes: &[UnitChange]) {
        let report = &self.proposal.preview.report;
        let of = changes.iter().filter(|change| change.then.0 == Verdict::Errors);
        let mut all: Vec<&str> = Vec::new();
        for error in of.flat_map(|change| lasting_errors(report, (&change.unit, &change.window))) {
            if !all.contains(&error.message.as_str()) {
                all.push(&error.message);
            }
        }
        for message in all.iter().take(ERRORS_MAX) {
            self.words(lines, message, Type::Body, Lead::Error, 0.0);
        }
        if all.len() > ERRORS_MAX {
            let text = format!("and {} more", words::count((all.len() - ERRORS_MAX) as u64, "error"));
            self.words(lines, &text, Type::Small, Lead::Nothing, 0.0);
        }
    }

    fn verdict(&self, gives: &Gives) -> Line {
        let Gives { name, now, then } = gives;
        let spoken = format!("{name}: now {}, with the plan {}", now.1, then.1);
        let name = self.lay_line(name, Type::Strong, self.t().text, self.width * 0.4);
        let words = self.lay_line(&now.1, Type::Small, self.t().text2, self.width * 0.4);
        let room = self.width - 12.0 - RIGHT;
        let left = room - name.size().x - 12.0 - 20.0 - words.size().x - 30.0;
        let fits = |left: f32| shorter(&then.1).into_iter().find(|text| self.pill_width(text) <= left);
        // What it is now stands in the bar above the grid as well: its mark is enough before a second line is begun.
        let (words, fitting) = match fits(left) {
            None if fits(left + words.size().x).is_some() => {
                (self.lay_line("", Type::Small, self.t().text2, 20.0), fits(left + words.size().x))
            }
            fitting => (words, fitting),
        };
        let is_wide = fitting.is_none();
        let short = fitting.or_else(|| shorter(&then.1).into_iter().find(|t| self.pill_width(t) <= room - 30.0));
        let then = (then.0, short.unwrap_or_else(|| then.1.clone()));
        Line::Verdict { name, spoken, now: (now.0, words), then, is_wide }
    }

    fn pill_width(&self, text: &str) -> f32 {
        38.0 + self.ui.painter().layout_no_wrap(text.to_owned(), Type::Pill.font(), Color32::BLACK).size().x
    }
}

/// A verdict's words, then shorter ones that are as true: the sentence beside the price says how many sessions.
fn shorter(text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned()];
    for noun in [" SESSIONS", " SESSION", " CLINICS", " CLINIC"] {
        if text.contains(noun) {
            all.push(text.replacen(noun, "", 1));
            break;
        }
    }
    // What waits for an answer is never left out beside what is short.
    if let Some((first, _)) = text.split_once(", ").filter(|_| !text.starts_with("SHORT")) {
        all.push(first.to_owned());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_shortened_by_whole_words() {
        let all = shorter("3 TO AGREE, 2 SESSIONS TO POSTPONE");
        assert_eq!(all, ["3 TO AGREE, 2 SESSIONS TO POSTPONE", "3 TO AGREE, 2 TO POSTPONE", "3 TO AGREE"]);
        assert_eq!(shorter("SHORT 7 h"), ["SHORT 7 h"]);
        assert_eq!(shorter("SHORT 5 h, 2 h TO AGREE"), ["SHORT 5 h, 2 h TO AGREE"]);
    }
}
