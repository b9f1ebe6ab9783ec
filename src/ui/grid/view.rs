//! What the grid shows of one window: its rows, and the look of each block. No sizes, no painting.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::rows::{HaveNeedRow, LaneRow, Row, have_need, unit_row};
use crate::checker::{CoverStep, Family, Finding, Lacks, is_accepted};
use crate::editor::block_facts::over_normal;
use crate::editor::surnames::Surnames;
use crate::editor::{Block, Cell, Document, Grid, GridRow, GridWindow, Lane, Slots};
use crate::model::{
    Assignment, AssignmentId, Instant, Person, PersonId, Rota, Span, UnitId, Window, WindowId, Zone, words,
};
use crate::ui::cell_paint::BlockLook;
use crate::ui::marks::Mark;

/// One window of the open rota, ready to be laid out.
pub(super) struct GridView<'a> {
    pub rota: &'a Rota,
    /// The lanes of all windows.
    pub grid: &'a Grid,
    /// The window's lanes.
    pub window: &'a GridWindow,
    /// The window itself.
    pub record: &'a Window,
    /// The window's slots at the zoom chosen.
    pub slots: Slots,
    /// From top to bottom, without those of folded units.
    pub rows: Vec<Row<'a>>,
    /// Who declined is shown.
    pub show_declined: bool,
    doc: &'a Document,
    people: BTreeMap<&'a PersonId, Names<'a>>,
    problems: BTreeMap<&'a AssignmentId, Problem<'a>>,
    issued: Option<BTreeMap<&'a AssignmentId, &'a Assignment>>,
}

/// Somebody, with the names as they can safely be shown.
struct Names<'a> {
    person: &'a Person,
    initials: Cow<'a, str>,
    family: Cow<'a, str>,
}

impl<'a> Names<'a> {
    fn of(person: &'a Person, surnames: &Surnames) -> Self {
        let family = match surnames.beside(person) {
            Some(_) => Cow::Owned(surnames.name(person)),
            None => words::safe(&person.family),
        };
        let (initials, family) = if person.initials.trim().is_empty() {
            (family, Cow::Borrowed(""))
        } else {
            (words::safe(&person.initials), family)
        };
        Self { person, initials, family }
    }
}

/// The worst that the checker says about a block.
#[derive(Clone, Copy)]
pub(super) struct Problem<'a> {
    pub mark: Mark,
    pub finding: &'a Finding,
}

/// Those who declined the same time in a gap.
pub(super) struct Refusal {
    /// Such as `IM` or `IM, PD`.
    pub initials: String,
    /// All of the time that they declined.
    pub span: Span,
    /// It is no less than the gap, as far as the day goes.
    pub is_all: bool,
}

/// What the view needs to know besides the document.
#[derive(Clone, Copy)]
pub(super) struct GridOptions<'f> {
    pub window: &'f WindowId,
    /// Minutes of a slot.
    pub minutes: i64,
    /// Who declined is shown.
    pub declined: bool,
    pub is_folded: &'f dyn Fn(&UnitId) -> bool,
    /// What a proposal needs besides the lanes that there are.
    pub beside: &'f [GridRow],
}

impl<'a> GridView<'a> {
    /// The rows of a window; nothing if there is no such window.
    pub(super) fn new(doc: &'a Document, shown: GridOptions<'_>) -> Option<Self> {
        let rota = doc.rota();
        let window = doc.grid().window(shown.window)?;
        let record = rota.window(shown.window)?;
        let mut rows = Vec::new();
        for grid_unit in &window.units {
            let Some(unit) = rota.unit(&grid_unit.id) else { continue };
            let folded = (shown.is_folded)(&unit.id);
            rows.push(Row::Unit(unit_row(doc, window, grid_unit, unit, folded)));
            if folded || grid_unit.posts.is_empty() {
                continue;
            }
            for of in &grid_unit.posts {
                let Some(post) = rota.post(&of.id) else { continue };
                let lane_row = |(lane, l): (usize, &'a Lane)| {
                    let row = GridRow { unit: unit.id.clone(), post: post.id.clone(), lane };
                    Row::Lane(LaneRow { unit, post, of, lane: l, row })
                };
                rows.extend(of.lanes.iter().enumerate().map(lane_row));
                rows.extend(shown.beside.iter().filter(|row| row.post == post.id).cloned().map(Row::Beside));
            }
            if !grid_unit.closed {
                let steps = have_need(doc.coverage(&window.id, &unit.id));
                rows.push(Row::HaveNeed(HaveNeedRow { unit, steps }));
            }
        }
        if !doc.is_read_only() {
            rows.push(Row::Add);
        }
        let surnames = Surnames::of(&rota.people);
        Some(Self {
            rota,
            grid: doc.grid(),
            window,
            record,
            slots: Slots::new(window.span, rota.zone(), shown.minutes),
            rows,
            show_declined: shown.declined,
            doc,
            people: rota.people.iter().map(|person| (&person.id, Names::of(person, &surnames))).collect(),
            problems: problems(doc, &window.id),
            issued: issued(rota, window.span),
        })
    }

    /// The zone of its times.
    pub(super) fn zone(&self) -> Zone {
        self.rota.zone()
    }

    /// Whether gaps and figures may be shown as true now.
    pub(super) fn is_current(&self) -> bool {
        self.doc.is_current()
    }

    /// Whether somebody has agreed the normal staffing that the day is compared with.
    pub(super) fn is_need_agreed(&self) -> bool {
        self.rota.normal(&self.record.normal).is_none_or(|normal| !normal.example)
    }

    pub(super) fn person(&self, id: &PersonId) -> Option<&'a Person> {
        self.people.get(id).map(|names| names.person)
    }

    /// Initials and family name, with the given name where others have that family name.
    pub(super) fn names(&self, id: &PersonId) -> (&str, &str) {
        self.people.get(id).map_or(("?", ""), |names| (&names.initials, &names.family))
    }

    /// The worst problem of a block.
    pub(super) fn problem(&self, block: &AssignmentId) -> Option<Problem<'a>> {
        self.problems.get(block).copied()
    }

    pub(super) fn block_look(&self, block: &Block, row: &LaneRow<'_>) -> BlockLook<'_> {
        let (initials, family) = self.names(&block.person);
        BlockLook {
            over_normal: u16::try_from(self.over_normal(block, row)).unwrap_or(u16::MAX),
            problem: self.problem(&block.assignment).map(|problem| problem.mark),
            locked: block.locked,
            changed: self.is_changed(block),
            ..BlockLook::new(block.status, initials, family)
        }
    }

    /// How many there are more than normal with that block, at all times of it.
    pub(super) fn over_normal(&self, block: &Block, row: &LaneRow<'_>) -> u32 {
        over_normal(self.doc, self.window, (&row.row, row.lane), block)
    }

    /// What a post lacks at the worst minute of that: where it lacks anybody, an empty line of it is no sign that nobody
    /// is needed.
    pub(super) fn lacks_in(&self, row: &LaneRow<'_>, part: Span) -> Lacks {
        self.doc.lacks_on(&self.window.id, &row.unit.id, &row.post.id, part)
    }

    /// Whether the block differs from the version last given out.
    fn is_changed(&self, block: &Block) -> bool {
        let Some(issued) = &self.issued else { return false };
        issued.get(&block.assignment).is_none_or(|before| {
            before.person != block.person || before.span != block.span || before.status != block.status
        })
    }

    /// Initials of those who declined in a gap, such as `IM, PD`, with the times where those are not all of it.
    pub(super) fn declined_in(&self, lane: &Lane, gap: Span) -> String {
        let told = self.refusals_in(lane, gap).into_iter().map(|Refusal { initials, span, is_all }| {
            if is_all { initials } else { format!("{initials} {}", words::times(self.zone(), span)) }
        });
        told.collect::<Vec<_>>().join(", ")
    }

    /// Who declined in a gap, by time.
    pub(super) fn refusals_in(&self, lane: &Lane, gap: Span) -> Vec<Refusal> {
        let mut told: BTreeMap<Span, Vec<&str>> = BTreeMap::new();
        for block in lane.declined.iter().filter(|block| self.show_declined && block.span.overlaps(gap)) {
            told.entry(block.span).or_default().push(self.names(&block.person).0);
        }
        let refusal = |(span, who): (Span, Vec<&str>)| {
            let is_all = span.overlap(self.window.span).is_some_and(|here| here.covers(gap));
            Refusal { initials: who.join(", "), span, is_all }
        };
        told.into_iter().map(refusal).collect()
    }

    /// The step of the unit that holds a minute.
    pub(super) fn cover_step(&self, unit: &UnitId, at: Instant) -> Option<&'a CoverStep> {
        self.doc.coverage(&self.window.id, unit).iter().find(|step| step.span.contains(at))
    }

    /// The lane row that shows a row of the editor, with its place among [`GridView::rows`].
    pub(super) fn lane_row(&self, row: &GridRow) -> Option<(usize, &LaneRow<'a>)> {
        self.rows.iter().enumerate().find_map(|(index, r)| match r {
            Row::Lane(lane) if lane.row == *row => Some((index, lane)),
            _ => None,
        })
    }

    /// The place among [`GridView::rows`] on which a proposal stands: a lane, or the room beside them.
    pub(super) fn plan_row(&self, row: &GridRow) -> Option<usize> {
        let beside = || self.rows.iter().position(|r| matches!(r, Row::Beside(beside) if beside == row));
        self.lane_row(row).map(|(index, _)| index).or_else(beside)
    }

    /// The cell of a lane that holds a minute.
    pub(super) fn cell(&self, row: &GridRow, at: Instant) -> Cell {
        let slot = self.slots.slot_at(at);
        Cell { row: row.clone(), at: slot.from, until: slot.to }
    }
}

/// The worst problem of every block, coverage apart, which the gaps and have/need rows say.
fn problems<'a>(doc: &'a Document, window: &WindowId) -> BTreeMap<&'a AssignmentId, Problem<'a>> {
    let mut found: BTreeMap<&AssignmentId, Problem<'_>> = BTreeMap::new();
    for finding in &doc.report().findings {
        let elsewhere = finding.window.as_ref().is_some_and(|w| w != window);
        if elsewhere || finding.code.rule().family == Family::Cover || is_accepted(finding, doc.rota()) {
            continue;
        }
        let Some(mark) = Mark::of_problem(Some(finding.severity)) else { continue };
        for assignment in &finding.assignments {
            let known = found.get(assignment).map(|problem| problem.mark);
            if known.is_none() || (known == Some(Mark::Warning) && mark == Mark::Error) {
                found.insert(assignment, Problem { mark, finding });
            }
        }
    }
    found
}

/// The assignments of the version last given out that touch the window; nothing if none was.
fn issued(rota: &Rota, window: Span) -> Option<BTreeMap<&AssignmentId, &Assignment>> {
    let latest = rota.issued.iter().max_by_key(|issue| issue.number)?;
    let here = latest.assignments.iter().filter(|a| a.span.overlaps(window));
    Some(here.map(|assignment| (&assignment.id, assignment)).collect())
}
