//! The rows of the grid from top to bottom: headings, lanes, have and need.

use crate::checker::{CoverStep, Verdict};
use crate::editor::{Document, GridPost, GridRow, GridUnit, GridWindow, Lane};
use crate::model::{Instant, Post, Span, Unit, Zone, words};
use crate::ui::cell_paint::HaveNeedLook;

/// A row of the grid.
pub(super) enum Row<'a> {
    Unit(UnitRow<'a>),
    Lane(LaneRow<'a>),
    /// Under the lanes of a post: room for a proposal that has none on them.
    Beside(GridRow),
    HaveNeed(HaveNeedRow<'a>),
    /// Where units and posts are added.
    Add,
}

/// A unit's heading.
pub(super) struct UnitRow<'a> {
    pub unit: &'a Unit,
    /// The other rows of the unit are not shown.
    pub folded: bool,
    /// What can be said of it, where it is folded.
    pub verdict: Option<Verdict>,
    /// Why there is nothing to compare with, and what to do.
    pub note: Option<UnitNote>,
    /// When one may hand over to another inside the window.
    pub handovers: Vec<Instant>,
}

/// What a unit's heading says in place of handovers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitNote {
    /// Nothing normal is entered.
    NoNormal,
    Closed,
    NoPosts,
}

/// One lane of a post.
pub(super) struct LaneRow<'a> {
    pub unit: &'a Unit,
    pub post: &'a Post,
    /// All its lanes.
    pub of: &'a GridPost,
    pub lane: &'a Lane,
    pub row: GridRow,
}

/// Have and need of a unit.
pub(super) struct HaveNeedRow<'a> {
    pub unit: &'a Unit,
    /// In order; together they fill the window.
    pub steps: Vec<HaveNeedStep>,
}

/// A stretch within which the figures stay the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HaveNeedStep {
    pub span: Span,
    pub look: HaveNeedLook,
}

impl LaneRow<'_> {
    /// Such as "A&E Majors middle grade", with the lane where it is not the first.
    pub(super) fn place(&self) -> String {
        let place = format!("{} {}", words::safe(&self.unit.name), words::safe(&self.post.name));
        if self.row.lane == 0 { place } else { format!("{place}, lane {}", self.row.lane + 1) }
    }
}

impl UnitNote {
    /// The sentence of the note.
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::NoNormal => "No normal staffing is entered: cover cannot be checked.",
            Self::Closed => "Closed that day: nothing is compared.",
            Self::NoPosts => "No posts yet.",
        }
    }
}

pub(super) fn unit_row<'a>(
    doc: &'a Document,
    window: &GridWindow,
    grid_unit: &GridUnit,
    unit: &'a Unit,
    folded: bool,
) -> UnitRow<'a> {
    let never_needed = grid_unit.posts.iter().all(GridPost::is_never_needed);
    let note = if grid_unit.closed {
        Some(UnitNote::Closed)
    } else if grid_unit.posts.is_empty() {
        Some(UnitNote::NoPosts)
    } else {
        never_needed.then_some(UnitNote::NoNormal)
    };
    let verdicts = doc.report().units.iter();
    let verdict = verdicts.into_iter().find(|v| v.window == window.id && v.unit == unit.id).map(|v| v.verdict);
    let handovers =
        if note.is_none() && !folded { handovers(doc.rota().zone(), window.span, unit) } else { Vec::new() };
    UnitRow { unit, folded, verdict: verdict.filter(|_| folded), note, handovers }
}

/// The moments inside the window at which the unit's handover times come.
fn handovers(zone: Zone, window: Span, unit: &Unit) -> Vec<Instant> {
    let last = zone.civil(window.to).local.date();
    let mut day = zone.civil(window.from).local.date();
    let mut found = Vec::new();
    while day <= last {
        for time in &unit.handovers {
            let civil = day.and_hms_opt(u32::from(time.minutes() / 60), u32::from(time.minutes() % 60), 0);
            let at = civil.map(|civil| zone.instant_or_next(civil));
            found.extend(at.filter(|at| window.contains(*at) && *at != window.from));
        }
        let Some(next) = day.succ_opt() else { break };
        day = next;
    }
    found.sort_unstable();
    found
}

/// The figures of each stretch; neighbours with the same figures are one.
pub(super) fn have_need(steps: &[CoverStep]) -> Vec<HaveNeedStep> {
    let mut merged: Vec<HaveNeedStep> = Vec::new();
    for step in steps {
        let look = HaveNeedLook {
            agreed: step.have,
            waiting: step.have_if_agreed.saturating_sub(step.have),
            need: step.need,
            short: step.short_if_agreed,
            short_now: step.short,
        };
        match merged.last_mut() {
            Some(last) if last.look == look && last.span.to == step.span.from => last.span.to = step.span.to,
            _ => merged.push(HaveNeedStep { span: step.span, look }),
        }
    }
    merged
}
