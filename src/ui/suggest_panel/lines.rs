//! What the panel says of a proposal, line by line, laid out for its width.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Stroke, Ui};

use crate::checker::Verdict;
use crate::editor::suggest::{
    Note, Proposal, SuggestFor, UnitChange, figure_text, item_text, lasting_errors, moved_text, on_call_clashes,
    proof_text,
};
use crate::editor::verdict_text::PillKind;
use crate::editor::{Document, assign};
use crate::model::{Rota, Status, UnitId, WindowId, words};
use crate::planner::{Gap, Objective, WhyNot};

use super::super::row_list::Tops;
use super::super::theme::{self, Tokens, Type};

/// Verdicts that are listed; the others are counted.
const VERDICTS_MAX: usize = 8;
/// Gaps that are told in full before somebody asks for the others.
const GAPS_MAX: usize = 3;
/// Stands for "the others too" among the gaps that are open.
const ALL_GAPS: usize = usize::MAX;
/// Left of the words of a change: its box and its number.
pub(super) const CHANGE_LEFT: f32 = 58.0;
/// Right of all words.
pub(super) const RIGHT: f32 = 16.0;
const LINE: f32 = 18.0;

/// All lines with where they stand.
pub(super) struct Laid {
    pub lines: Vec<Line>,
    pub tops: Tops,
}

/// One line of the panel.
pub(super) enum Line {
    /// A unit's verdict in a window, now and with the plan.
    Verdict { name: Arc<Galley>, spoken: String, now: (PillKind, String), then: (PillKind, String), is_wide: bool },
    /// Words across the panel.
    Words { galley: Arc<Galley>, lead: Lead, above: f32 },
    /// A line between two parts.
    Rule,
    /// The heading of a part, with a count.
    Heading { title: String, count: String, kind: Heading },
    /// A unit whose changes follow.
    Unit { unit: UnitId, name: String, count: usize },
    /// A change, by its place.
    Change { at: usize, title: Arc<Galley>, notes: Vec<Arc<Galley>>, spoken: String },
    /// What stays short, by its place.
    Short { at: usize, title: Arc<Galley>, notes: Vec<Arc<Galley>>, spoken: String },
    /// Show or hide why nobody can fill it.
    Why { at: usize, open: bool, text: String },
    /// People with one reason.
    Reason { galley: Arc<Galley> },
    /// One objective.
    Figure { name: Arc<Galley>, figures: Arc<Galley>, is_proven: bool, spoken: String },
}

/// What stands before words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    Nothing,
    Proven,
    NotProven,
    Warning,
    Link(Link),
}

/// Words that act.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    Again,
    Longer,
}

/// Which part begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    Plain,
    /// Of one group of changes.
    Group,
    /// With `all` and `none` at the right.
    Changes,
    /// With `now → plan` at the right.
    Figures,
}

impl Line {
    fn height(&self) -> f32 {
        let lines = |galley: &Arc<Galley>| LINE * galley.rows.len().max(1) as f32;
        match self {
            Self::Verdict { is_wide, .. } => {
                if *is_wide {
                    60.0
                } else {
                    30.0
                }
            }
            Self::Words { galley, above, .. } => lines(galley) + above + 4.0,
            Self::Rule => 9.0,
            Self::Heading { kind: Heading::Group, .. } | Self::Unit { .. } | Self::Why { .. } => 26.0,
            Self::Heading { .. } => 28.0,
            Self::Change { title, notes, .. } | Self::Short { title, notes, .. } => {
                10.0 + lines(title) + notes.iter().map(lines).sum::<f32>()
            }
            Self::Reason { galley } => lines(galley) + 4.0,
            Self::Figure { name, .. } => 4.0 + lines(name),
        }
    }

    /// Whether the keyboard stops there.
    pub fn is_stop(&self) -> bool {
        match self {
            Self::Change { .. } | Self::Short { .. } | Self::Why { .. } => true,
            Self::Words { lead, .. } => matches!(lead, Lead::Link(_)),
            _ => false,
        }
    }
}

/// Lays out a proposal. `open` says which of the gaps show why.
pub(super) struct Writer<'a> {
    pub ui: &'a Ui,
    pub doc: &'a Document,
    pub what: &'a SuggestFor,
    pub proposal: &'a Proposal,
    pub shown: Option<&'a WindowId>,
    pub open: &'a [usize],
    pub width: f32,
}

impl Writer<'_> {
    pub fn laid(&self) -> Laid {
        let mut lines = Vec::new();
        if self.proposal.items.is_empty() {
            self.nothing(&mut lines);
        } else {
            self.verdicts(&mut lines);
            self.price(&mut lines);
        }
        self.shortages(&mut lines);
        self.changes(&mut lines);
        self.figures(&mut lines);
        let tops = Tops::new(lines.iter().map(Line::height));
        Laid { lines, tops }
    }

    fn t(&self) -> &'static Tokens {
        theme::tokens(self.ui)
    }

    fn rota(&self) -> &Rota {
        self.doc.rota()
    }

    fn lay(&self, text: &str, role: Type, ink: Color32, width: f32) -> Arc<Galley> {
        self.ui.painter().layout(text.to_owned(), role.font(), ink, width.max(60.0))
    }

    fn words(&self, lines: &mut Vec<Line>, text: &str, role: Type, lead: Lead, above: f32) {
        let ink = match lead {
            Lead::Link(_) => self.t().link,
            Lead::Warning => self.t().amber_text,
            _ => self.t().text,
        };
        let left = if matches!(lead, Lead::Nothing | Lead::Link(_)) { 12.0 } else { 34.0 };
        let galley = self.lay(text, role, ink, self.width - left - RIGHT);
        lines.push(Line::Words { galley, lead, above });
    }

    fn nothing(&self, lines: &mut Vec<Line>) {
        let plan = &self.proposal.plan;
        if self.gaps().is_empty() {
            self.words(lines, "Nothing to suggest: every place is filled.", Type::Unit, Lead::Nothing, 10.0);
        } else if plan.is_optimal() {
            self.words(lines, "No plan fills more than is filled now.", Type::Unit, Lead::Nothing, 10.0);
        } else {
            self.words(lines, "Nothing better was found in the time there was.", Type::Unit, Lead::Nothing, 10.0);
        }
        self.proof(lines);
    }

    fn verdicts(&self, lines: &mut Vec<Line>) {
        let mut changes = self.proposal.preview.changes(self.rota(), self.doc.report());
        changes.retain(|change| self.what.concerns(self.rota(), &change.unit, &change.window));
        let several = self.rota().windows.len() > 1;
        for change in changes.iter().take(VERDICTS_MAX) {
            lines.push(self.verdict(change, several));
            if change.then.0 == Verdict::Errors {
                let of = (&change.unit, &change.window);
                let error = lasting_errors(&self.proposal.preview.report, of).next();
                if let Some(error) = error {
                    // One line: the changes are what one came for. All of it is spoken, and told once it is accepted.
                    let ink = self.t().amber_text;
                    let mut job = LayoutJob::simple_singleline(error.message.clone(), Type::Body.font(), ink);
                    job.wrap = egui::text::TextWrapping::truncate_at_width(self.width - 34.0 - RIGHT);
                    let galley = self.ui.painter().layout_job(job);
                    lines.push(Line::Words { galley, lead: Lead::Warning, above: 0.0 });
                }
            }
        }
        if changes.len() > VERDICTS_MAX {
            let text = format!("and {} more units and days", changes.len() - VERDICTS_MAX);
            self.words(lines, &text, Type::Small, Lead::Nothing, 0.0);
        }
        if changes.is_empty() {
            self.words(lines, "No verdict changes.", Type::Body, Lead::Nothing, 6.0);
        }
    }

    fn verdict(&self, change: &UnitChange, several: bool) -> Line {
        let rota = self.rota();
        let unit = rota.unit(&change.unit).map(|u| words::safe(&u.name).into_owned()).unwrap_or_default();
        let day = rota.window(&change.window).map(|w| self.day(w.span.from)).unwrap_or_default();
        let name = if several { format!("{unit}, {day}") } else { unit };
        let pill = |(verdict, text): &(crate::checker::Verdict, String)| (PillKind::of(*verdict), text.clone());
        let (mut now, mut then) = (pill(&change.now), pill(&change.then));
        let spoken = format!("{name}: now {}, with the plan {}", now.1, then.1);
        let mut job = LayoutJob::simple_singleline(name, Type::Strong.font(), self.t().text);
        job.wrap = egui::text::TextWrapping::truncate_at_width(self.width * 0.4);
        let name = self.ui.painter().layout_job(job);
        let pill_width = |text: &str| {
            38.0 + self.ui.painter().layout_no_wrap(text.to_owned(), Type::Pill.font(), Color32::BLACK).size().x
        };
        // Whatever the panel has no room for is said by the sentence.
        let fit = |text: &mut String, room: f32| {
            while pill_width(text) > room && text.chars().count() > 4 {
                let kept: String = text.trim_end_matches('…').chars().collect();
                let end = kept.char_indices().next_back().map_or(0, |(at, _)| at);
                *text = format!("{}…", kept[..end].trim_end());
            }
        };
        let room = self.width - 12.0 - RIGHT;
        fit(&mut now.1, room - name.size().x - 12.0);
        fit(&mut then.1, room - 30.0);
        let all = name.size().x + 12.0 + pill_width(&now.1) + 30.0 + pill_width(&then.1);
        Line::Verdict { name, spoken, is_wide: all > self.width - 12.0 - RIGHT, now, then }
    }

    /// Such as `Tue`, or the date where two windows begin on such a day.
    fn day(&self, at: crate::model::Instant) -> String {
        let rota = self.rota();
        let of = |at| rota.zone().civil(at).local.format("%a").to_string();
        let short = of(at);
        if rota.windows.iter().filter(|w| of(w.span.from) == short).count() == 1 {
            short
        } else {
            words::day(rota.zone(), at)
        }
    }

    fn price(&self, lines: &mut Vec<Line>) {
        let price = self.proposal.price();
        self.words(lines, &price.text(), Type::Strong, Lead::Nothing, 4.0);
        let specialties = price.specialties();
        if !specialties.is_empty() {
            self.words(lines, &specialties, Type::Small, Lead::Nothing, 0.0);
        }
        let clashes = on_call_clashes(self.proposal);
        if clashes > 0 {
            let verb = if clashes == 1 { "clashes" } else { "clash" };
            let text = format!("{} {verb} with on-call.", words::count(clashes as u64, "change"));
            self.words(lines, &text, Type::Body, Lead::Warning, 2.0);
        }
        self.proof(lines);
        for error in self.proposal.preview.new_errors.iter().take(3) {
            self.words(lines, &format!("With what is ticked alone: {error}"), Type::Body, Lead::Warning, 2.0);
        }
        self.words(lines, &format!("{}.", moved_text(self.proposal)), Type::Small, Lead::Nothing, 2.0);
    }

    /// What is proven, and what to do where it is not.
    fn proof(&self, lines: &mut Vec<Line>) {
        if self.proposal.is_older {
            let text = "Made before your last changes. It still fits, but may no longer be the best.";
            self.words(lines, text, Type::Body, Lead::Warning, 2.0);
            self.words(lines, "Suggest again", Type::Body, Lead::Link(Link::Again), 0.0);
            return;
        }
        let is_all = self.proposal.ticked_count() == self.proposal.items.len();
        if !is_all {
            self.words(
                lines,
                "Not all changes are ticked: nothing is proven of a part.",
                Type::Body,
                Lead::NotProven,
                2.0,
            );
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

    /// What stays short of what was asked about, with its place in the plan.
    fn gaps(&self) -> Vec<(usize, &Gap)> {
        let concerns = |(_, gap): &(usize, &Gap)| self.what.concerns_gap(self.rota(), gap);
        self.proposal.plan.gaps.iter().enumerate().filter(concerns).collect()
    }

    fn shortages(&self, lines: &mut Vec<Line>) {
        let gaps = self.gaps();
        if gaps.is_empty() {
            return;
        }
        lines.push(Line::Rule);
        let count = gaps.len().to_string();
        lines.push(Line::Heading { title: "Stays short".to_owned(), count, kind: Heading::Plain });
        let all = self.open.contains(&ALL_GAPS);
        for (at, gap) in gaps.iter().take(if all { gaps.len() } else { GAPS_MAX }) {
            self.short(lines, *at, gap);
        }
        if gaps.len() > GAPS_MAX {
            let more = words::count((gaps.len() - GAPS_MAX) as u64, "more gap");
            let text = format!("{more}: {}", if all { "hide" } else { "show" });
            lines.push(Line::Why { at: ALL_GAPS, open: all, text });
        }
        for price in &self.proposal.plan.prices {
            self.dearest(lines, price);
        }
    }

    fn short(&self, lines: &mut Vec<Line>, at: usize, gap: &Gap) {
        let rota = self.rota();
        let unit = rota.unit(&gap.unit);
        let name = unit.map(|unit| words::safe(&unit.name).into_owned()).unwrap_or_default();
        let tier = unit.and_then(|unit| unit.tiers.iter().find(|tier| tier.id == gap.tier));
        let tier = tier.map(|tier| words::inside(&words::safe(&tier.name))).unwrap_or_default();
        let posts: Vec<String> = gap.posts.iter().map(|post| assign::post_name(rota, post)).collect();
        let missing = if gap.short == 0 { "no senior".to_owned() } else { format!("{} short", gap.short) };
        let title = match posts.as_slice() {
            [one] => format!("{name} {one}: {missing}"),
            _ => format!("{name} {tier}: {missing}"),
        };
        let when = words::span(rota.zone(), gap.span);
        let mut texts = vec![when];
        if posts.len() > 1 {
            texts.push(format!("On {}.", words::list(&posts)));
        }
        texts.extend(gap.bottleneck.iter().map(|text| format!("{text}.")));
        if !gap.releases.is_empty() {
            texts.push(format!("Could be closed {}.", gap.releases.join("; or ")));
        }
        let width = self.width - 36.0 - RIGHT;
        let spoken = format!("Stays short: {title}, {}", texts.join(" "));
        let title = self.lay(&title, Type::Strong, self.t().text, width);
        let notes = texts.iter().map(|text| self.lay(text, Type::Body, self.t().text2, width)).collect();
        lines.push(Line::Short { at, title, notes, spoken });
        if gap.people.is_empty() {
            return;
        }
        let open = self.open.contains(&at);
        let text =
            format!("{} could not: {}", words::people(gap.people.len()), if open { "hide why" } else { "show why" });
        lines.push(Line::Why { at, open, text });
        if open {
            for text in reasons(rota, &gap.people) {
                lines.push(Line::Reason {
                    galley: self.lay(&text, Type::Small, self.t().text2, self.width - 44.0 - RIGHT),
                });
            }
        }
    }

    fn dearest(&self, lines: &mut Vec<Line>, price: &crate::planner::UnitPrice) {
        let rota = self.rota();
        let unit = rota.unit(&price.unit).map(|u| words::safe(&u.name).into_owned()).unwrap_or_default();
        let counts: Vec<String> = [(price.operations, "operation"), (price.appointments, "appointment")]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, noun)| words::count(number.unsigned_abs(), noun))
            .collect();
        let who = assign::initials(rota, &price.person);
        let when = words::span(rota.zone(), price.span);
        let text =
            format!("Dearest cover in {unit}: {who}, {when}. Without it {} would go ahead.", words::list(&counts));
        self.words(lines, &text, Type::Small, Lead::Nothing, 4.0);
    }

    fn changes(&self, lines: &mut Vec<Line>) {
        let proposal = self.proposal;
        if proposal.items.is_empty() {
            return;
        }
        lines.push(Line::Rule);
        let count = format!("{} of {} ticked", proposal.ticked_count(), proposal.items.len());
        lines.push(Line::Heading { title: "Changes".to_owned(), count, kind: Heading::Changes });
        let units: Vec<Option<UnitId>> =
            proposal.items.iter().map(|item| proposal.unit_of(self.rota(), item)).collect();
        let several = units.iter().flatten().any(|unit| Some(unit) != units.iter().flatten().next());
        let mut last: Option<&UnitId> = None;
        let mut told_sessions = false;
        for (at, unit) in units.iter().enumerate() {
            let item = &proposal.items[at];
            if item.added.is_none() && item.removed.is_empty() {
                if several && !std::mem::replace(&mut told_sessions, true) {
                    let title = "Sessions".to_owned();
                    lines.push(Line::Heading { title, count: String::new(), kind: Heading::Group });
                }
            } else if let Some(unit) = unit.as_ref().filter(|unit| several && last != Some(*unit)) {
                let name = self.rota().unit(unit).map(|u| words::safe(&u.name).into_owned()).unwrap_or_default();
                let is_here = |(other, ticked): (&Option<UnitId>, &bool)| *ticked && other.as_ref() == Some(unit);
                let count = units.iter().zip(&proposal.ticked).filter(|pair| is_here(*pair)).count();
                lines.push(Line::Unit { unit: unit.clone(), name, count });
                last = Some(unit);
            }
            lines.push(self.change(at));
        }
    }

    fn change(&self, at: usize) -> Line {
        let (t, rota) = (self.t(), self.rota());
        let text = item_text(self.proposal, &self.proposal.items[at]);
        let window = rota.windows.iter().find(|w| w.span.overlaps(text.span));
        let elsewhere = window.filter(|window| self.shown != Some(&window.id));
        let day = elsewhere.map(|w| format!("{}: ", self.day(w.span.from))).unwrap_or_default();
        let width = self.width - CHANGE_LEFT - RIGHT;
        let mut job = LayoutJob::default();
        let format = |role: Type| TextFormat::simple(role.font(), t.text);
        job.append(&format!("{day}{}", text.who), 0.0, format(Type::Strong));
        if !text.instead_of.is_empty() {
            job.append(" for ", 0.0, format(Type::Body));
            let struck = TextFormat { strikethrough: Stroke::new(1.0, t.text2), color: t.text2, ..format(Type::Body) };
            job.append(&text.instead_of.join(", "), 0.0, struck);
            job.append(",", 0.0, format(Type::Body));
        }
        job.append(&text.what, 7.0, format(Type::Body));
        job.wrap.max_width = width.max(60.0);
        let title = self.ui.painter().layout_job(job);
        let note = |note: &Note| {
            let ink = if matches!(note, Note::Price(_)) { t.amber_text } else { t.text2 };
            self.lay(note.text(), Type::Body, ink, width)
        };
        let notes = text.notes.iter().map(note).collect();
        Line::Change { at, title, notes, spoken: text.spoken(rota) }
    }

    fn figures(&self, lines: &mut Vec<Line>) {
        let plan = &self.proposal.plan;
        lines.push(Line::Rule);
        let title = "In this order of importance".to_owned();
        lines.push(Line::Heading { title, count: String::new(), kind: Heading::Figures });
        for (n, figure) in plan.figures.iter().enumerate() {
            if n == Objective::PROVEN {
                self.words(lines, "Only where all above is equal:", Type::Small, Lead::Nothing, 4.0);
            }
            lines.push(self.figure(n, figure));
        }
        let (agreed, waiting, locked) = kept(self.rota(), self.proposal);
        let text = format!("Kept as it is: {agreed} agreed, {waiting} not yet agreed, {locked} locked.");
        self.words(lines, &text, Type::Small, Lead::Nothing, 4.0);
    }

    fn figure(&self, n: usize, figure: &crate::planner::Figure) -> Line {
        let t = self.t();
        let objective = figure.objective;
        let role = if n < Objective::PROVEN { Type::Body } else { Type::Small };
        let now = figure_text(objective, self.proposal.plan.before[n]);
        let then = figure_text(objective, figure.value);
        let name = objective.words();
        let is_proven = figure.is_proven;
        let proof =
            if is_proven { "proven".to_owned() } else { format!("at least {}", figure_text(objective, figure.bound)) };
        let spoken = format!("{name}: now {now}, with the plan {then}, {proof}");
        let mut job = LayoutJob::default();
        let strong = FontId::new(role.font().size, Type::Strong.font().family);
        job.append(&format!("{now} → "), 0.0, TextFormat::simple(role.font(), t.text2));
        job.append(&then, 0.0, TextFormat::simple(strong, t.text));
        let figures = self.ui.painter().layout_job(job);
        let ink = if n < Objective::PROVEN { t.text } else { t.text2 };
        let room = self.width - 12.0 - 96.0 - figures.size().x - 8.0;
        Line::Figure { name: self.lay(name, role, ink, room), figures, is_proven, spoken }
    }
}

/// Everybody's reasons, the most frequent first; those who share them in one line.
fn reasons(rota: &Rota, people: &[WhyNot]) -> Vec<String> {
    let mut groups: Vec<(Vec<String>, Vec<String>, String)> = Vec::new();
    for who in people {
        let initials = assign::initials(rota, &who.person);
        let codes: Vec<String> = who.reasons.iter().map(|reason| reason.code().replace('-', " ")).collect();
        match groups.iter_mut().find(|(of, ..)| *of == codes) {
            Some((_, names, _)) => names.push(initials),
            None => groups.push((codes, vec![initials], who.text.clone())),
        }
    }
    groups.sort_by_key(|(_, names, _)| std::cmp::Reverse(names.len()));
    let line = |(codes, names, text): &(Vec<String>, Vec<String>, String)| match names.as_slice() {
        // One person's sentence says more than the kind of reason.
        [_] => format!("{text}."),
        _ => format!("{}: {}.", capital(&codes.join(", ")), names.join(", ")),
    };
    groups.iter().map(line).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Assignments that stay as they are: agreed, not yet agreed, and locked among them.
fn kept(rota: &Rota, proposal: &Proposal) -> (usize, usize, usize) {
    let stays = || rota.assignments.iter().filter(|a| !proposal.plan.removed.contains(&a.id));
    let agreed = stays().filter(|a| a.status == Status::Agreed).count();
    let waiting = stays().filter(|a| matches!(a.status, Status::Asked | Status::Proposed)).count();
    (agreed, waiting, stays().filter(|a| a.locked).count())
}
