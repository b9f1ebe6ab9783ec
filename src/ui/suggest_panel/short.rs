//! What stays short of what was asked about, why, and what would close it.

use crate::checker::UnitVerdict;
use crate::editor::assign;
use crate::editor::releases::Releases;
use crate::editor::suggest::{SuggestFor, gaps_left};
use crate::model::{Rota, words};
use crate::planner::{Gap, UnitPrice, WhyNot};

use super::super::theme::Type;
use super::lines::{ALL_GAPS, Heading, Lead, PanelLine, RIGHT};
use super::writer::Writer;

/// Gaps that are told before somebody asks for the others, in a low window and in a high one: at the least, and at the
/// most where something would close them.
const GAPS_MAX: ((usize, usize), (usize, usize)) = ((1, 1), (3, 6));

impl Writer<'_> {
    /// How many gaps are left with what is ticked.
    pub(super) fn gap_count(&self) -> usize {
        let gaps = self.proposal.seen().gaps.iter().filter(|gap| self.what.concerns_gap(self.rota(), gap));
        if matches!(self.what, SuggestFor::Gap(_)) {
            return gaps.count();
        }
        let (gaps, preview): (Vec<Gap>, _) = (gaps.cloned().collect(), &self.proposal.preview);
        let is_asked = |of: &UnitVerdict| self.what.concerns(&preview.rota, &of.unit, &of.window);
        gaps_left(&preview.rota, &preview.report, &gaps, is_asked)
    }

    /// The gaps that all of the plan leaves, with their places in it: ticks do not move the list.
    pub(super) fn gaps(&self) -> Vec<(usize, &Gap)> {
        let concerns = |(_, gap): &(usize, &Gap)| self.what.concerns_gap(self.rota(), gap);
        self.proposal.plan.gaps.iter().enumerate().filter(concerns).collect()
    }

    pub(super) fn shortages(&self, lines: &mut Vec<PanelLine>) {
        let gaps = self.gaps();
        if gaps.is_empty() {
            return;
        }
        lines.push(PanelLine::Rule);
        // The list is that of all changes; counted are the gaps that those leave which are ticked.
        let count = if self.is_all_ticked() { self.gap_count().to_string() } else { String::new() };
        lines.push(PanelLine::Heading { title: "Still uncovered".to_owned(), count, kind: Heading::Plain });
        // What would close a gap is what one came for: those that something would close stand first and are told.
        let releases = Releases::of(self.rota());
        let closed_by = |(_, gap): &(usize, &Gap)| !releases.told(gap).is_empty();
        let (mut gaps, others): (Vec<_>, Vec<_>) = gaps.into_iter().partition(closed_by);
        let can_be_closed = gaps.len();
        gaps.extend(others);
        let (least, most) = if self.is_low { GAPS_MAX.0 } else { GAPS_MAX.1 };
        let (first, others) = gaps.split_at(gaps.len().min(can_be_closed.clamp(least, most)));
        for (at, gap) in first {
            self.short(lines, *at, gap, &releases.told(gap));
        }
        if !others.is_empty() {
            let open = self.is_open(ALL_GAPS);
            // An entry is of a grade at a time, and may be of several gaps.
            let text = format!("{} more: {}", others.len(), if open { "hide" } else { "show" });
            lines.push(PanelLine::Fold { at: ALL_GAPS, open, text });
            for (at, gap) in others.iter().filter(|_| open) {
                self.short(lines, *at, gap, &releases.told(gap));
            }
        }
    }

    /// The most costly cover of each unit.
    pub(super) fn prices(&self, lines: &mut Vec<PanelLine>) {
        let is_about = |price: &&UnitPrice| {
            let mut days = self.rota().windows.iter().filter(|day| day.span.overlaps(price.span));
            days.any(|day| self.what.concerns(self.rota(), &price.unit, &day.id))
        };
        for price in self.proposal.seen().prices.iter().filter(is_about) {
            self.dearest(lines, price);
        }
    }

    fn short(&self, lines: &mut Vec<PanelLine>, at: usize, gap: &Gap, releases: &[&str]) {
        let rota = self.rota();
        let unit = rota.unit(&gap.unit);
        let name = self.unit_name(&gap.unit);
        let tier = unit.and_then(|unit| unit.tiers.iter().find(|tier| tier.id == gap.tier));
        let tier = tier.map(|tier| words::inside(&words::safe(&tier.name))).unwrap_or_default();
        let posts: Vec<String> = gap.posts.iter().map(|post| assign::post_name(rota, post)).collect();
        let missing = if gap.short == 0 { "no senior".to_owned() } else { format!("{} short", gap.short) };
        let title = match posts.as_slice() {
            [one] => format!("{name} {one}: {missing}"),
            _ => format!("{name} {tier}: {missing}"),
        };
        let when = words::span(rota.zone(), gap.span);
        let place = if posts.len() > 1 { format!("{when}, on {}.", words::list(&posts)) } else { when };
        let mut whys: Vec<String> = gap.bottleneck.iter().map(|text| format!("{text}.")).collect();
        if !releases.is_empty() {
            whys.push(format!("Could be covered {}.", releases.join("; or ")));
        }
        let width = self.width - 36.0 - RIGHT;
        let spoken = format!("Still uncovered: {title}, {place} {}", whys.join(" "));
        let title = self.lay(&title, Type::Strong, self.t().text, width);
        let note = |text: &String| self.lay(text, Type::Small, self.t().text2, width);
        let mut notes = vec![note(&place)];
        let is_open = self.is_open(at);
        notes.extend(whys.iter().map(note));
        lines.push(PanelLine::Short { at, title, notes, spoken });
        if gap.people.is_empty() {
            return;
        }
        let verb = if is_open { ": hide" } else { "" };
        let text = format!("Why not? ({}){verb}", words::people(gap.people.len()));
        lines.push(PanelLine::Fold { at, open: is_open, text });
        for text in reasons(rota, &gap.people).into_iter().filter(|_| is_open) {
            let galley = self.lay(&text, Type::Small, self.t().text2, self.width - 44.0 - RIGHT);
            lines.push(PanelLine::Reason { galley });
        }
    }

    fn dearest(&self, lines: &mut Vec<PanelLine>, price: &UnitPrice) {
        let rota = self.rota();
        let unit = self.unit_name(&price.unit);
        let counts: Vec<String> = [(price.operations, "operation"), (price.appointments, "appointment")]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, noun)| words::count(number.unsigned_abs(), noun))
            .collect();
        let who = assign::initials(rota, &price.person);
        let when = words::span(rota.zone(), price.span);
        let text = format!(
            "Most costly cover in {unit}: {who}, {when}. If {who} were not needed, {} could go ahead.",
            words::list(&counts)
        );
        self.words(lines, &text, Type::Small, Lead::Nothing, 4.0);
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
        _ => format!("{}: {}.", words::capital(&codes.join(", ")), names.join(", ")),
    };
    groups.iter().map(line).collect()
}
