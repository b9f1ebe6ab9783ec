//! The head of the panel's list: for what it is, what it costs, what stays short, whether that is proven, and which
//! verdicts change. In a low window what is less important is folded.

use egui::Color32;

use crate::checker::Verdict;
use crate::editor::suggest::{SuggestFor, UnitChange, lasting_errors, moved_text, on_call_clashes, proof_text};
use crate::editor::verdict_text::PillKind;
use crate::model::words;

use super::super::theme::Type;
use super::lines::{DETAILS, Lead, Line, Link, RIGHT};
use super::writer::Writer;

/// Verdicts that are listed; the others are counted.
const VERDICTS_MAX: usize = 8;

impl Writer<'_> {
    pub fn summary(&self, lines: &mut Vec<Line>) {
        self.scope(lines);
        if self.proposal.items.is_empty() {
            self.nothing(lines);
            return;
        }
        let changes = self.verdict_changes();
        let (errors, others): (Vec<_>, Vec<_>) =
            changes.iter().partition(|change| self.is_low && change.then.0 == Verdict::Errors);
        if !self.is_low {
            self.verdicts(lines, &others);
        }
        self.price(lines);
        self.verdicts(lines, &errors);
        if self.is_low {
            let open = self.is_open(DETAILS);
            let text = format!("By unit and specialty: {}", if open { "hide" } else { "show" });
            lines.push(Line::Fold { at: DETAILS, open, text });
            if open {
                self.verdicts(lines, &others);
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
        let text = format!("For {what} alone: cover elsewhere is left as it is.");
        self.words(lines, &text, Type::Body, Lead::Nothing, 6.0);
    }

    fn nothing(&self, lines: &mut Vec<Line>) {
        let text = if self.gaps().is_empty() {
            "Nothing to suggest: every place is filled."
        } else if self.proposal.plan.is_optimal() {
            "No plan fills more than is filled now."
        } else {
            "Nothing better was found in the time there was."
        };
        self.words(lines, text, Type::Unit, Lead::Nothing, 10.0);
        self.proof(lines);
    }

    fn price(&self, lines: &mut Vec<Line>) {
        self.words(lines, &self.proposal.price().text(), Type::Strong, Lead::Nothing, 6.0);
        self.remains(lines);
        self.proof(lines);
        let clashes = on_call_clashes(self.proposal);
        if clashes > 0 {
            let verb = if clashes == 1 { "clashes" } else { "clash" };
            let text = format!("{} {verb} with on-call.", words::count(clashes as u64, "change"));
            self.words(lines, &text, Type::Body, Lead::Warning, 2.0);
        }
        for error in self.proposal.preview.new_errors.iter().take(3) {
            self.words(lines, &format!("With what is ticked alone: {error}"), Type::Body, Lead::Warning, 2.0);
        }
    }

    /// What stays short of what was asked about.
    fn remains(&self, lines: &mut Vec<Line>) {
        let is_all = self.is_all_ticked();
        let places = if is_all { self.gaps().len() } else { 0 };
        // A gap is part of a unit's day: the unit's minutes say nothing of it.
        let is_gap = matches!(self.what, SuggestFor::Gap(_));
        let minutes = if is_gap { 0 } else { self.short_minutes() };
        let in_places = match places {
            0 => String::new(),
            1 => " in 1 place".to_owned(),
            more => format!(" in {more} places"),
        };
        let (lead, text) = match (minutes, places) {
            (0, 0) if !is_all => return,
            (0, 0) if is_gap => (Lead::Covered, "The gap is filled, if all agree.".to_owned()),
            (0, 0) => (Lead::Covered, "Nothing stays short, if all agree.".to_owned()),
            (0, _) => (Lead::Short, format!("Something is still missing{in_places}.")),
            (minutes, _) => (Lead::Short, format!("Stays short: {}{in_places}.", words::length(minutes))),
        };
        self.words(lines, &text, Type::Body, lead, 0.0);
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
        if self.proposal.is_older {
            let text = "Made before your last changes. It still fits, but may no longer be the best.";
            self.words(lines, text, Type::Body, Lead::Warning, 2.0);
            self.words(lines, "Suggest again", Type::Body, Lead::Link(Link::Again), 0.0);
            return;
        }
        if !self.is_all_ticked() {
            let text = "Not all changes are ticked: nothing is proven of a part.";
            self.words(lines, text, Type::Body, Lead::NotProven, 2.0);
            return;
        }
        let (is_proven, text) = proof_text(&self.proposal.plan);
        if is_proven {
            let proven = match self.what {
                SuggestFor::Everything => "Proven".to_owned(),
                what => format!("Proven for {} alone", what.words(self.rota())),
            };
            self.words(lines, &format!("{proven}: {text}"), Type::Body, Lead::Proven, 2.0);
        } else {
            self.words(lines, &text, Type::Body, Lead::NotProven, 2.0);
            self.words(lines, "Go on looking, up to a minute", Type::Body, Lead::Link(Link::Longer), 0.0);
        }
    }

    fn details(&self, lines: &mut Vec<Line>) {
        let specialties = self.proposal.price().specialties();
        if !specialties.is_empty() {
            self.words(lines, &specialties, Type::Small, Lead::Nothing, 0.0);
        }
        self.words(lines, &format!("{}.", moved_text(self.proposal)), Type::Small, Lead::Nothing, 2.0);
    }

    fn verdict_changes(&self) -> Vec<UnitChange> {
        let mut changes = self.proposal.preview.changes(self.rota(), self.doc.report());
        changes.retain(|change| self.what.concerns(self.rota(), &change.unit, &change.window));
        changes
    }

    fn verdicts(&self, lines: &mut Vec<Line>, changes: &[&UnitChange]) {
        let several = self.rota().windows.len() > 1;
        for change in changes.iter().take(VERDICTS_MAX) {
            lines.push(self.verdict(change, several));
            if change.then.0 == Verdict::Errors {
                let of = (&change.unit, &change.window);
                if let Some(error) = lasting_errors(&self.proposal.preview.report, of).next() {
                    // One line: the changes are what one came for. All of it is spoken, and told once it is accepted.
                    let galley =
                        self.lay_line(&error.message, Type::Body, self.t().amber_text, self.width - 34.0 - RIGHT);
                    lines.push(Line::Words { galley, lead: Lead::Warning, above: 0.0 });
                }
            }
        }
        if changes.len() > VERDICTS_MAX {
            let text = format!("and {} more units and days", changes.len() - VERDICTS_MAX);
            self.words(lines, &text, Type::Small, Lead::Nothing, 0.0);
        }
    }

    fn verdict(&self, change: &UnitChange, several: bool) -> Line {
        let rota = self.rota();
        let unit = rota.unit(&change.unit).map(|u| words::safe(&u.name).into_owned()).unwrap_or_default();
        let day = rota.window(&change.window).map(|w| self.day(w.span.from)).unwrap_or_default();
        let name = if several { format!("{unit}, {day}") } else { unit };
        let spoken = format!("{name}: now {}, with the plan {}", change.now.1, change.then.1);
        let name = self.lay_line(&name, Type::Strong, self.t().text, self.width * 0.4);
        let now = self.lay_line(&change.now.1, Type::Small, self.t().text2, self.width * 0.4);
        let room = self.width - 12.0 - RIGHT;
        let left = room - name.size().x - 12.0 - 20.0 - now.size().x - 30.0;
        let fitting = shorter(&change.then.1).into_iter().find(|text| self.pill_width(text) <= left);
        let is_wide = fitting.is_none();
        let then = fitting.or_else(|| shorter(&change.then.1).into_iter().find(|t| self.pill_width(t) <= room - 30.0));
        let then = then.unwrap_or_else(|| change.then.1.clone());
        let (now, then) = ((PillKind::of(change.now.0), now), (PillKind::of(change.then.0), then));
        Line::Verdict { name, spoken, now, then, is_wide }
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
    if let Some((first, _)) = text.split_once(", ") {
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
    }
}
