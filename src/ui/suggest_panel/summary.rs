//! The head of the panel's list: what it gives unit by unit, what it costs, what stays short, and whether that is
//! proven. In a low window what is less important is folded.

use egui::Color32;

use crate::checker::Verdict;
use crate::editor::suggest::{
    SuggestFor, UnitChange, at_work_after_nights, lasting_errors, left_out_text, moved_text, on_call_clashes,
    short_rests,
};
use crate::editor::verdict_text::verdict_cards;
use crate::model::{Assignment, Session, SessionState, Span, Status, UnitId, words};

use super::super::theme::Type;
use super::lines::{DETAILS, Lead, Link, PanelLine, RIGHT};
use super::writer::Writer;

/// Verdicts of single days that are listed in a low window and in a high one; more are told unit by unit.
const VERDICTS_MAX: (usize, usize) = (3, 8);
/// Errors that are told; the others are counted.
const ERRORS_MAX: usize = 3;

/// The verdict of a unit now and with the plan, on one day or on all days.
struct Gives {
    name: String,
    now: (Verdict, String),
    then: (Verdict, String),
}

impl Writer<'_> {
    pub(super) fn summary(&self, lines: &mut Vec<PanelLine>) {
        self.scope(lines);
        if self.proposal.items.is_empty() {
            self.nothing(lines);
            return;
        }
        if let Some(days) = self.proposal.days_text() {
            // What is suggested need not be on the day that is shown.
            self.words(lines, &days, Type::Body, Lead::Link(Link::Change(0)), 2.0);
        }
        let changes = self.verdict_changes();
        let is_by_unit = changes.len() > if self.is_low { VERDICTS_MAX.0 } else { VERDICTS_MAX.1 };
        let gives = if is_by_unit { self.by_unit(&changes) } else { self.by_day(&changes) };
        lines.extend(self.verdicts(&gives));
        self.errors(lines, &changes);
        self.price(lines);
        if self.is_low || is_by_unit {
            let open = self.is_open(DETAILS);
            let what = if is_by_unit { "by day, unit and specialty" } else { "by unit and specialty" };
            let text = format!("{} {what}", if open { "Hide" } else { "Show" });
            lines.push(PanelLine::Fold { at: DETAILS, open, text });
            if open {
                let days = if is_by_unit { self.by_day(&changes) } else { Vec::new() };
                lines.extend(self.verdicts(&days));
                self.details(lines);
            }
        } else {
            self.details(lines);
        }
    }

    /// The part of the rota that the suggestion is for, where that is not all of the rota.
    fn scope(&self, lines: &mut Vec<PanelLine>) {
        let what = self.what.words(self.rota());
        let what = match self.what {
            SuggestFor::Everything => return,
            SuggestFor::Unit(_) | SuggestFor::Window(_) => what,
            SuggestFor::Gap(_) => format!("the gap {what}"),
        };
        let text = format!("For {what} only: cover elsewhere stays unchanged.");
        self.words(lines, &text, Type::Body, Lead::Nothing, 6.0);
    }

    fn nothing(&self, lines: &mut Vec<PanelLine>) {
        let is_filled = self.gaps().is_empty();
        let text = match (is_filled, self.is_agreed(), self.proposal.plan.is_optimal()) {
            (true, true, _) => "Every post is filled.".to_owned(),
            (true, false, _) => self.filled_if(),
            (false, _, true) => "Nobody else could be found for the remaining gaps.".to_owned(),
            (false, _, false) => "Nothing better was found in the time there was.".to_owned(),
        };
        self.words(lines, &text, Type::Unit, Lead::Nothing, 10.0);
        self.errors(lines, &self.verdict_changes());
        if !is_filled {
            self.remains(lines);
            self.proof(lines);
        }
        self.rests(lines);
    }

    /// What has still to be done before what is filled is covered.
    fn filled_if(&self) -> String {
        let rota = self.rota();
        let concerns = |unit: Option<&UnitId>, span: Span| {
            let days = rota.windows.iter().filter(|window| window.span.overlaps(span));
            days.into_iter().any(|day| unit.is_some_and(|unit| self.what.concerns(rota, unit, &day.id)))
        };
        let shifts = |wanted: Status| {
            let is_it =
                |a: &&Assignment| a.status == wanted && concerns(rota.post(&a.post).map(|post| &post.unit), a.span);
            rota.assignments.iter().filter(is_it).count()
        };
        let (proposed, asked) = (shifts(Status::Proposed), shifts(Status::Asked));
        // For a part of the rota only the sessions of people who cover in that part count.
        let is_awaited = |s: &&Session| {
            let covers = |a: &Assignment| {
                let unit = rota.post(&a.post).map(|post| &post.unit);
                s.team.contains(&a.person) && a.span.overlaps(s.span) && concerns(unit, a.span)
            };
            s.state == SessionState::ToPostpone
                && (*self.what == SuggestFor::Everything || rota.assignments.iter().any(covers))
        };
        let sessions = rota.sessions.iter().filter(is_awaited).count();
        let mut left = Vec::new();
        if proposed > 0 {
            left.push(format!("{} not asked yet", words::count(proposed as u64, "shift")));
        }
        if asked > 0 {
            left.push(format!("{} waiting for an answer", words::count(asked as u64, "shift")));
        }
        if sessions > 0 {
            left.push(format!("{} still to be postponed", words::count(sessions as u64, "session")));
        }
        if left.is_empty() {
            "Every post is filled.".to_owned()
        } else {
            format!("Every post is filled: {}.", left.join(", "))
        }
    }

    fn price(&self, lines: &mut Vec<PanelLine>) {
        let above = if self.is_low { 2.0 } else { 6.0 };
        self.words(lines, &self.proposal.price().text(), Type::Strong, Lead::Nothing, above);
        self.remains(lines);
        self.proof(lines);
        self.rests(lines);
        let clashes = on_call_clashes(self.proposal);
        if clashes > 0 {
            let verb = if clashes == 1 { "clashes" } else { "clash" };
            let text = format!("{clashes} of these {verb} with someone’s on-call.");
            self.words(lines, &text, Type::Body, Lead::Warning, 2.0);
        }
        let tired = at_work_after_nights(self.proposal);
        if !tired.is_empty() {
            let text = format!("{} would be at work after a night on call.", words::list(&tired));
            self.words(lines, &text, Type::Body, Lead::Warning, 2.0);
        }
        for error in self.proposal.preview.new_errors.iter().take(ERRORS_MAX) {
            self.words(lines, &format!("With these changes: {error}"), Type::Body, Lead::Error, 2.0);
        }
    }

    /// Who has too little rest already: no change of the suggestion brings it about, and none mends it.
    fn rests(&self, lines: &mut Vec<PanelLine>) {
        let who = short_rests(self.proposal);
        if !who.is_empty() {
            let verb = if who.len() == 1 { "has" } else { "have" };
            let text = format!("{} {verb} too little rest already, without these changes.", words::list(&who));
            self.words(lines, &text, Type::Body, Lead::Warning, 2.0);
        }
    }

    /// What stays short of what was asked about.
    fn remains(&self, lines: &mut Vec<PanelLine>) {
        let gaps = self.gap_count();
        // A gap is part of a unit's day: the unit's minutes say nothing of it.
        let is_gap = matches!(self.what, SuggestFor::Gap(_));
        let minutes = if is_gap { 0 } else { self.short_minutes() };
        let counted = words::count(gaps as u64, "gap");
        let in_gaps = if gaps == 0 { String::new() } else { format!(" in {counted}") };
        let (lead, text) = match (minutes, gaps) {
            (0, 0) if self.is_agreed() => (Lead::Covered, "No gaps.".to_owned()),
            (0, 0) if is_gap => (Lead::Waiting, "The gap is filled if everyone agrees.".to_owned()),
            (0, 0) => (Lead::Waiting, "No gaps if everyone agrees.".to_owned()),
            (0, _) => (Lead::Short, format!("{counted} still not covered.")),
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
    fn proof(&self, lines: &mut Vec<PanelLine>) {
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

    fn details(&self, lines: &mut Vec<PanelLine>) {
        let specialties = self.proposal.price().specialties();
        if !specialties.is_empty() {
            self.words(lines, &specialties, Type::Small, Lead::Nothing, 0.0);
        }
        self.words(lines, &format!("{}.", moved_text(self.proposal)), Type::Small, Lead::Nothing, 2.0);
        self.prices(lines);
    }

    fn verdict_changes(&self) -> Vec<UnitChange> {
        let mut changes = self.proposal.preview.changes(self.rota(), self.doc.report());
        changes.retain(|c| c.is_change() || self.what.concerns(self.rota(), &c.unit, &c.window));
        changes
    }

    pub(super) fn unit_name(&self, unit: &UnitId) -> String {
        self.rota().unit(unit).map(|unit| words::safe(&unit.name).into_owned()).unwrap_or_default()
    }

    fn by_day(&self, changes: &[UnitChange]) -> Vec<Gives> {
        let rota = self.rota();
        let one = |change: &UnitChange| {
            let day = rota.window(&change.window).map(|window| self.day(window.span.from)).unwrap_or_default();
            let unit = self.unit_name(&change.unit);
            let name = if rota.windows.len() > 1 { format!("{unit}, {day}") } else { unit };
            Gives { name, now: change.now.clone(), then: change.then.clone() }
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
            .map(|(now, then)| Gives { name: now.name, now: (now.verdict, now.pill), then: (then.verdict, then.pill) })
            .collect()
    }

    /// The errors that stay whatever anybody answers, each told whole.
    fn errors(&self, lines: &mut Vec<PanelLine>, changes: &[UnitChange]) {
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

    /// All in the same columns: on one line each where there is room for every one; else all that will be begins lines of
    /// its own, and what is now where it is too long. Nothing of a verdict is cut.
    fn verdicts(&self, gives: &[Gives]) -> Vec<PanelLine> {
        let room = self.width - 12.0 - RIGHT;
        let ink = self.t().text2;
        let widest = |of: &dyn Fn(&Gives) -> f32| gives.iter().map(of).fold(0.0, f32::max);
        let wide = |text: &str, role: Type| self.lay_line(text, role, ink, f32::INFINITY).size().x;
        let name = widest(&|gives| wide(&gives.name, Type::Strong)) + 12.0;
        let now_of = |gives: &Gives| 20.0 + wide(&gives.now.1, Type::Small);
        let now = widest(&now_of);
        let then = 22.0 + widest(&|gives| self.pill_width(&gives.then.1));
        let is_then_below = name + now + 8.0 + then > room;
        let then_at = match is_then_below {
            false => name + now + 8.0,
            true if name + then <= room => name,
            true => 0.0,
        };
        let line = |gives: &Gives| {
            // One that has no room beside its name begins a line of its own; the others need none.
            let is_now_below = name + now_of(gives) > room;
            let columns = (if is_now_below { 0.0 } else { name }, then_at);
            let Gives { name, now, then } = gives;
            let spoken = format!("{name}: now {}, with the plan {}", now.1, then.1);
            let name = self.lay_line(name, Type::Strong, self.t().text, room);
            let words = self.lay(&now.1, Type::Small, ink, room - columns.0 - 20.0);
            let room = room - columns.1 - 30.0;
            let pills = if is_then_below { self.pills(&then.1, room) } else { vec![then.1.clone()] };
            PanelLine::Verdict {
                name,
                spoken,
                now: (now.0, words),
                then: (then.0, pills),
                is_now_below,
                is_then_below,
                columns,
            }
        };
        gives.iter().map(line).collect()
    }

    /// A verdict's words in as few pills as the width has room for.
    fn pills(&self, text: &str, room: f32) -> Vec<String> {
        let mut pills: Vec<String> = Vec::new();
        for part in text.split(", ") {
            let longer = pills.last().map(|last| format!("{last}, {part}"));
            match (longer.filter(|longer| self.pill_width(longer) <= room), pills.last_mut()) {
                (Some(longer), Some(last)) => *last = longer,
                _ => pills.push(part.to_owned()),
            }
        }
        pills
    }

    fn pill_width(&self, text: &str) -> f32 {
        38.0 + self.ui.painter().layout_no_wrap(text.to_owned(), Type::Pill.font(), Color32::BLACK).size().x
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::in_lines;
    use super::*;
    use crate::editor::testing::norwich_suggested;

    /// Every verdict as it is drawn: its name, what it is now, and the pill.
    fn verdicts(width: f32, is_low: bool) -> Vec<(String, String, String)> {
        in_lines(width, is_low, &[DETAILS], |laid| {
            let verdict = |line: &PanelLine| match line {
                PanelLine::Verdict { name, now, then, is_now_below, .. } => {
                    let room = width - 12.0 - RIGHT - if *is_now_below { 20.0 } else { 0.0 };
                    assert!(now.1.size().x <= room && !now.1.elided, "{}", now.1.text());
                    Some((name.text().to_owned(), now.1.text().to_owned(), then.1.join(", ")))
                }
                _ => None,
            };
            laid.lines.iter().filter_map(verdict).collect()
        })
    }

    #[test]
    fn a_verdict_is_drawn_whole_before_and_after() {
        let editor = norwich_suggested();
        let (doc, proposal) = editor.doc().zip(editor.proposal()).unwrap();
        for (width, is_low) in [(336.0, true), (400.0, false), (260.0, true)] {
            let drawn = verdicts(width, is_low);
            for change in proposal.preview.changes(doc.rota(), doc.report()) {
                let is_drawn =
                    |(_, now, then): &(String, String, String)| *now == change.now.1 && *then == change.then.1;
                assert!(drawn.iter().any(is_drawn), "{change:?} in {drawn:?}");
            }
        }
    }
}
