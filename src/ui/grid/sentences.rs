//! The sentences that cells, blocks, gaps and figures speak, as a person would say them.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::rows::{HaveNeedStep, LaneRow};
use super::view::GridView;
use crate::checker::{Lacks, PostStep};
use crate::editor::assign::post_name;
use crate::editor::{Block, cells};
use crate::model::{Instant, PostId, Span, Unit, Zone, words};

impl GridView<'_> {
    /// The words before a count that is not current.
    fn was(&self) -> &'static str {
        if self.is_current() { "" } else { "not current, was " }
    }

    /// The words after a need that nobody has agreed.
    pub(super) fn not_agreed(&self) -> &'static str {
        if self.is_need_agreed() { "" } else { " (not agreed)" }
    }

    /// What a post lacks at a minute.
    fn lacks_on(&self, row: &LaneRow<'_>, at: Instant) -> Lacks {
        let step = self.cover_step(&row.unit.id, at);
        let post = step.and_then(|step| step.posts.iter().find(|post| post.post == row.post.id));
        post.map(PostStep::lacks).unwrap_or_default()
    }

    /// What a cell says aloud: "A&E Majors middle grade, Tue 26 Apr, 10:00: KP, asked, 1 to agree".
    pub(super) fn cell_sentence(&self, row: &LaneRow<'_>, slot: Span) -> String {
        let zone = self.zone();
        let time = zone.time_of_day(slot.from);
        let content = self.cell_content(row, slot);
        let lacks = self.lacks_on(row, slot.from);
        let short = if lacks == Lacks::default() { String::new() } else { format!(", {}{lacks}", self.was()) };
        format!("{}, {}, {time}: {content}{short}", row.place(), spoken_date(zone, slot.from))
    }

    fn cell_content(&self, row: &LaneRow<'_>, slot: Span) -> String {
        let mut parts: Vec<(Instant, String)> = Vec::new();
        let when = |part: Span| {
            if part == slot { String::new() } else { format!(" {}", cells::times(self.zone(), part)) }
        };
        for block in &row.lane.blocks {
            if let Some(part) = block.span.overlap(slot) {
                let (initials, _) = self.names(&block.person);
                let problem = self.problem(&block.assignment);
                let problem = problem.map_or_else(String::new, |problem| format!(", {}", problem.mark.word()));
                let words = format!("{initials}, {}{problem}{}", block.status.words(), when(part));
                parts.push((part.from, words));
            }
        }
        let gaps = row.lane.gaps.iter().filter_map(|gap| gap.overlap(slot));
        parts.extend(gaps.map(|part| (part.from, format!("not covered{}", when(part)))));
        let idle = row.lane.idle.iter().filter_map(|idle| idle.overlap(slot));
        let idle_words = |part| {
            if self.lacks_in(row, part) == Lacks::default() { "not normally staffed" } else { "nobody on this line" }
        };
        parts.extend(idle.map(|part| (part.from, format!("{}{}", idle_words(part), when(part)))));
        parts.sort();
        parts.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join("; ")
    }

    /// What a block says aloud.
    pub(super) fn block_sentence(&self, row: &LaneRow<'_>, block: &Block) -> String {
        let (initials, family) = self.names(&block.person);
        let zone = self.zone();
        let when = format!("{} {}", spoken_date(zone, block.span.from), cells::times(zone, block.span));
        let name = format!("{initials} {family}");
        let mut said = format!("{}: {}, {when}, {}", name.trim(), row.place(), block.status.words());
        if block.locked {
            said.push_str(", locked");
        }
        let over = self.over_normal(block, row);
        if over > 0 {
            let _ = write!(said, ", {over} over normal");
        }
        if let Some(problem) = self.problem(&block.assignment) {
            let _ = write!(said, ". {}", problem.finding.message);
        }
        said
    }

    /// What a gap says aloud.
    pub(super) fn gap_sentence(&self, row: &LaneRow<'_>, gap: Span) -> String {
        let zone = self.zone();
        let when = format!("{} {}", spoken_date(zone, gap.from), cells::times(zone, gap));
        let declined = self.declined_in(row.lane, gap);
        let declined = if declined.is_empty() { declined } else { format!(", {declined} declined") };
        format!("Gap: {}, {when}, {}not covered{declined}", row.place(), self.was())
    }

    /// What a gap comes to against a normal day where it is worst: "Not covered. Normally 2, 1 agreed, 1 more if all agree".
    pub(super) fn gap_figures(&self, row: &LaneRow<'_>, gap: Span) -> String {
        let mut posts = Vec::new();
        let mut at = gap.from;
        while let Some(step) = self.cover_step(&row.unit.id, at).filter(|_| at < gap.to) {
            posts.extend(step.posts.iter().filter(|post| post.post == row.post.id));
            at = step.span.to;
        }
        let worst = posts.into_iter().max_by_key(|post| post.need.saturating_sub(post.counts.len() as u32));
        let not_covered = if self.is_current() { "Not covered" } else { "Was not covered" };
        let Some(post) = worst else { return not_covered.to_owned() };
        let more = match post.counts_if_agreed.len().saturating_sub(post.counts.len()) {
            0 => String::new(),
            more => format!(", {more} more if all agree"),
        };
        let surplus = self.surplus_for(row, gap).map_or_else(String::new, |surplus| format!(". {surplus}"));
        let normally = format!("Normally {}{}", post.need, self.not_agreed());
        format!("{not_covered}. {normally}, {} agreed{more}{surplus}", post.counts.len())
    }

    /// Why a gap is longer than what its unit is short of: somebody more than normal on another post of this grade or
    /// above counts meanwhile. Such as "Covered by a surplus on Minors SHO 08:00–10:00".
    fn surplus_for(&self, row: &LaneRow<'_>, gap: Span) -> Option<String> {
        let tier = |post: &PostId| {
            let post = self.rota.post(post).filter(|post| !post.on_call)?;
            row.unit.tier_index(&post.tier)
        };
        let own = tier(&row.post.id)?;
        let mut found: Vec<(Vec<&PostId>, Span)> = Vec::new();
        let mut at = gap.from;
        while let Some(step) = self.cover_step(&row.unit.id, at).filter(|_| at < gap.to) {
            let (here, to) = (Span::new(at, step.span.to.min(gap.to)), step.span.to);
            let has = |post: &PostStep| post.counts.len() as u32;
            let lacks: u32 = step.posts.iter().map(|post| post.need.saturating_sub(has(post))).sum();
            let is_over = |post: &&PostStep| has(post) > post.need && tier(&post.post).is_some_and(|tier| tier >= own);
            let over: Vec<&PostId> = step.posts.iter().filter(is_over).map(|post| &post.post).collect();
            if step.short < lacks && !over.is_empty() {
                match found.last_mut() {
                    Some((posts, span)) if *posts == over && span.to == here.from => span.to = here.to,
                    _ => found.push((over, here)),
                }
            }
            at = to;
        }
        let surplus = found.iter().map(|(posts, span)| {
            let names: Vec<String> = posts.iter().map(|post| post_name(self.rota, post)).collect();
            format!("{} {}", words::list(&names), cells::times(self.zone(), *span))
        });
        let surplus: Vec<String> = surplus.collect();
        (!surplus.is_empty()).then(|| format!("Covered by a surplus on {}", surplus.join("; ")))
    }

    /// What a have/need cell says aloud.
    pub(super) fn have_need_sentence(&self, unit: &Unit, step: &HaveNeedStep) -> String {
        let zone = self.zone();
        let when = format!("{} {}", spoken_date(zone, step.span.from), cells::times(zone, step.span));
        let look = step.look;
        let waiting = match look.waiting {
            0 => String::new(),
            more => format!(", {more} asked or proposed"),
        };
        let short = match look.short {
            0 => String::new(),
            short => format!(", {short} short whatever they answer"),
        };
        format!(
            "{}, have and need, {when}: {}{} agreed{waiting}, {} normally{}{short}",
            words::safe(&unit.name),
            self.was(),
            look.agreed,
            look.need,
            self.not_agreed()
        )
    }

    /// The line that names the window: the date, and what it is compared with.
    pub(super) fn window_line(&self) -> (String, String) {
        let zone = self.zone();
        let normal =
            self.rota.normal(&self.record.normal).map_or(Cow::Borrowed("nothing"), |normal| words::safe(&normal.name));
        let span = self.window.span;
        let (first, last) = (words::date(zone, span.from), words::date(zone, span.to.plus(-1)));
        let times = cells::times(zone, span);
        let until = if first == last {
            times
        } else {
            format!("{} to {} {last}", zone.time_of_day(span.from), zone.time_of_day(span.to))
        };
        (first, format!("walkout {until}, compared with {normal}{}", self.not_agreed()))
    }
}

/// Such as `Tue 26 Apr`.
pub(super) fn spoken_date(zone: Zone, at: Instant) -> String {
    zone.civil(at).local.format("%a %-d %b").to_string()
}
