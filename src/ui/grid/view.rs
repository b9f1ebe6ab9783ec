//! What the grid says: its rows, the look of each block, and the sentences that are spoken. No sizes, no painting.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::checker::{CoverStep, Finding, Severity, Verdict, is_accepted};
use crate::editor::{Block, Cell, Document, GridPost, GridRow, GridUnit, GridWindow, Lane, Slots, cells};
use crate::model::{
    Assignment, AssignmentId, Instant, Person, PersonId, Post, Rota, Span, Status, Unit, UnitId, Window, WindowId,
    Zone, words,
};
use crate::ui::cell_paint::{BlockLook, BlockProblem, BlockStatus, HaveNeedLook};

/// One window of the open rota, ready to be laid out.
pub struct GridView<'a> {
    /// The rota.
    pub rota: &'a Rota,
    /// The window's lanes.
    pub window: &'a GridWindow,
    /// The window itself.
    pub record: &'a Window,
    /// Its slots at the zoom chosen.
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
    fn of(person: &'a Person) -> Self {
        let (initials, family) = if person.initials.trim().is_empty() {
            (words::safe(&person.family), Cow::Borrowed(""))
        } else {
            (words::safe(&person.initials), words::safe(&person.family))
        };
        Self { person, initials, family }
    }
}

/// The worst that the checker says about a block.
#[derive(Clone, Copy)]
pub struct Problem<'a> {
    /// How it is marked.
    pub mark: BlockProblem,
    /// What it is.
    pub finding: &'a Finding,
}

/// A row of the grid.
pub enum Row<'a> {
    /// A unit's heading.
    Unit(UnitRow<'a>),
    /// One lane of a post.
    Lane(LaneRow<'a>),
    /// Have and need of a unit.
    HaveNeed(HaveNeedRow<'a>),
    /// Where units and posts are added.
    Add,
}

/// A unit's heading.
pub struct UnitRow<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// Its other rows are not shown.
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
pub enum UnitNote {
    /// Nothing normal is entered.
    NoNormal,
    /// It does not open.
    Closed,
    /// It has no posts.
    NoPosts,
}

/// One lane of a post.
pub struct LaneRow<'a> {
    /// The post's unit.
    pub unit: &'a Unit,
    /// The post.
    pub post: &'a Post,
    /// All its lanes.
    pub of: &'a GridPost,
    /// This one.
    pub lane: &'a Lane,
    /// Which it is.
    pub row: GridRow,
}

/// Have and need of a unit.
pub struct HaveNeedRow<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// In order; together they fill the window.
    pub steps: Vec<HaveNeedStep>,
}

/// A stretch within which the figures stay the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HaveNeedStep {
    /// When.
    pub span: Span,
    /// The figures.
    pub look: HaveNeedLook,
}

impl LaneRow<'_> {
    /// Such as "A&E Majors middle grade", with the lane where it is not the first.
    #[must_use]
    pub fn place(&self) -> String {
        let place = format!("{} {}", words::safe(&self.unit.name), words::safe(&self.post.name));
        if self.row.lane == 0 { place } else { format!("{place}, lane {}", self.row.lane + 1) }
    }
}

impl UnitNote {
    /// What is said.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::NoNormal => "No normal staffing: nothing can be promised.",
            Self::Closed => "Closed on such a day: nothing is promised or missed here.",
            Self::NoPosts => "No posts yet.",
        }
    }
}

/// What the view needs to know besides the document.
#[derive(Clone, Copy)]
pub struct Shown<'f> {
    /// The window.
    pub window: &'f WindowId,
    /// Minutes of a slot.
    pub minutes: i64,
    /// Who declined is shown.
    pub declined: bool,
    /// Whether a unit is folded.
    pub is_folded: &'f dyn Fn(&UnitId) -> bool,
}

impl<'a> GridView<'a> {
    /// The rows of a window; nothing if there is no such window.
    #[must_use]
    pub fn new(doc: &'a Document, shown: Shown<'_>) -> Option<Self> {
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
            }
            if !grid_unit.closed {
                let steps = have_need(doc.coverage(&window.id, &unit.id));
                rows.push(Row::HaveNeed(HaveNeedRow { unit, steps }));
            }
        }
        if !doc.is_read_only() {
            rows.push(Row::Add);
        }
        Some(Self {
            rota,
            window,
            record,
            slots: Slots::new(window.span, rota.zone(), shown.minutes),
            rows,
            show_declined: shown.declined,
            doc,
            people: rota.people.iter().map(|person| (&person.id, Names::of(person))).collect(),
            problems: problems(doc, &window.id),
            issued: issued(rota, window.span),
        })
    }

    /// The zone of its times.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.rota.zone()
    }

    /// Whether gaps and figures may be shown as true now.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.doc.is_current()
    }

    /// The same in words, before what is counted.
    fn was(&self) -> &'static str {
        if self.is_current() { "" } else { "not current, was " }
    }

    /// The person of that id.
    #[must_use]
    pub fn person(&self, id: &PersonId) -> Option<&'a Person> {
        self.people.get(id).map(|names| names.person)
    }

    /// Initials and family name.
    #[must_use]
    pub fn names(&self, id: &PersonId) -> (&str, &str) {
        self.people.get(id).map_or(("?", ""), |names| (&names.initials, &names.family))
    }

    /// The worst problem of a block.
    #[must_use]
    pub fn problem(&self, block: &AssignmentId) -> Option<Problem<'a>> {
        self.problems.get(block).copied()
    }

    /// How a block looks.
    #[must_use]
    pub fn block_look(&self, block: &Block, lane: &Lane) -> BlockLook<'_> {
        let (initials, family) = self.names(&block.person);
        let status = match block.status {
            Status::Proposed | Status::Declined => BlockStatus::Proposed,
            Status::Asked => BlockStatus::Asked,
            Status::Agreed => BlockStatus::Agreed,
        };
        BlockLook {
            over_normal: u16::try_from(lane.over).unwrap_or(u16::MAX),
            problem: self.problem(&block.assignment).map(|problem| problem.mark),
            locked: block.locked,
            changed: self.is_changed(block),
            ..BlockLook::new(status, initials, family)
        }
    }

    /// Whether the block differs from the version last given out.
    fn is_changed(&self, block: &Block) -> bool {
        let Some(issued) = &self.issued else { return false };
        issued.get(&block.assignment).is_none_or(|before| {
            before.person != block.person || before.span != block.span || before.status != block.status
        })
    }

    /// Initials of those who declined in a gap, such as `IM, PD`.
    #[must_use]
    pub fn declined_in(&self, lane: &Lane, gap: Span) -> String {
        if !self.show_declined {
            return String::new();
        }
        let here = lane.declined.iter().filter(|block| block.span.overlaps(gap));
        here.map(|block| self.names(&block.person).0).collect::<Vec<_>>().join(", ")
    }

    /// The step of the unit that holds a minute.
    #[must_use]
    pub fn cover_step(&self, unit: &UnitId, at: Instant) -> Option<&'a CoverStep> {
        self.doc.coverage(&self.window.id, unit).iter().find(|step| step.span.contains(at))
    }

    /// How many are missing on a post at a minute, of those who agreed.
    fn short_on(&self, row: &LaneRow<'_>, at: Instant) -> u32 {
        let step = self.cover_step(&row.unit.id, at);
        let post = step.and_then(|step| step.posts.iter().find(|post| post.post == row.post.id));
        post.map_or(0, |post| post.need.saturating_sub(post.counts.len() as u32))
    }

    /// What a cell says aloud: "A&E Majors middle grade, Tue 26 Apr, 10:00: KP, asked, 1 short".
    #[must_use]
    pub fn cell_sentence(&self, row: &LaneRow<'_>, slot: Span) -> String {
        let zone = self.zone();
        let time = zone.time_of_day(slot.from);
        let content = self.cell_content(row, slot);
        let short = match self.short_on(row, slot.from) {
            0 => String::new(),
            short => format!(", {}{short} short", self.was()),
        };
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
                let problem = match self.problem(&block.assignment).map(|problem| problem.mark) {
                    Some(BlockProblem::Error) => ", error",
                    Some(BlockProblem::Warning) => ", warning",
                    None => "",
                };
                let words = format!("{initials}, {}{problem}{}", status_word(block.status), when(part));
                parts.push((part.from, words));
            }
        }
        let gaps = row.lane.gaps.iter().filter_map(|gap| gap.overlap(slot));
        parts.extend(gaps.map(|part| (part.from, format!("not covered{}", when(part)))));
        let idle = row.lane.idle.iter().filter_map(|idle| idle.overlap(slot));
        parts.extend(idle.map(|part| (part.from, format!("nobody normally{}", when(part)))));
        parts.sort();
        parts.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join("; ")
    }

    /// What a block says aloud.
    #[must_use]
    pub fn block_sentence(&self, row: &LaneRow<'_>, block: &Block) -> String {
        let (initials, family) = self.names(&block.person);
        let zone = self.zone();
        let when = format!("{} {}", spoken_date(zone, block.span.from), cells::times(zone, block.span));
        let name = format!("{initials} {family}");
        let mut said = format!("{}: {}, {when}, {}", name.trim(), row.place(), status_word(block.status));
        if block.locked {
            said.push_str(", locked");
        }
        if row.lane.over > 0 {
            let _ = write!(said, ", {} over normal", row.lane.over);
        }
        if let Some(problem) = self.problem(&block.assignment) {
            let _ = write!(said, ". {}", problem.finding.message);
        }
        said
    }

    /// What a gap says aloud.
    #[must_use]
    pub fn gap_sentence(&self, row: &LaneRow<'_>, gap: Span) -> String {
        let zone = self.zone();
        let when = format!("{} {}", spoken_date(zone, gap.from), cells::times(zone, gap));
        let declined = self.declined_in(row.lane, gap);
        let declined = if declined.is_empty() { declined } else { format!(", {declined} declined") };
        format!("Gap: {}, {when}, {}not covered{declined}", row.place(), self.was())
    }

    /// What a have/need cell says aloud.
    #[must_use]
    pub fn have_need_sentence(&self, unit: &Unit, step: &HaveNeedStep) -> String {
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
            "{}, have and need, {when}: {}{} agreed{waiting}, {} normally{short}",
            words::safe(&unit.name),
            self.was(),
            look.agreed,
            look.need
        )
    }

    /// The line that names the window: the date, and what it is compared with.
    #[must_use]
    pub fn window_line(&self) -> (String, String) {
        let zone = self.zone();
        let normal =
            self.rota.normal(&self.record.normal).map_or(Cow::Borrowed("nothing"), |normal| words::safe(&normal.name));
        let span = self.window.span;
        let (first, last) = (date(zone, span.from), date(zone, span.to.plus(-1)));
        let times = cells::times(zone, span);
        let until = if first == last {
            times
        } else {
            format!("{} to {} {last}", zone.time_of_day(span.from), zone.time_of_day(span.to))
        };
        (first, format!("walkout {until}, compared with {normal}"))
    }

    /// The lane row that shows a row of the editor, with its place among [`GridView::rows`].
    #[must_use]
    pub fn lane_row(&self, row: &GridRow) -> Option<(usize, &LaneRow<'a>)> {
        self.rows.iter().enumerate().find_map(|(index, r)| match r {
            Row::Lane(lane) if lane.row == *row => Some((index, lane)),
            _ => None,
        })
    }

    /// The cell of a lane that holds a minute.
    #[must_use]
    pub fn cell(&self, row: &GridRow, at: Instant) -> Cell {
        let slot = self.slots.slot_at(at);
        Cell { row: row.clone(), at: slot.from, until: slot.to }
    }
}

fn unit_row<'a>(
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
#[must_use]
pub fn have_need(steps: &[CoverStep]) -> Vec<HaveNeedStep> {
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

/// The worst problem of every block, coverage apart, which the gaps and have/need rows say.
fn problems<'a>(doc: &'a Document, window: &WindowId) -> BTreeMap<&'a AssignmentId, Problem<'a>> {
    let mut found: BTreeMap<&AssignmentId, Problem<'_>> = BTreeMap::new();
    for finding in &doc.report().findings {
        let elsewhere = finding.window.as_ref().is_some_and(|w| w != window);
        if elsewhere || finding.code.as_str().starts_with("COV") || is_accepted(finding, doc.rota()) {
            continue;
        }
        let mark = match finding.severity {
            Severity::Error => BlockProblem::Error,
            Severity::Warning => BlockProblem::Warning,
            Severity::Info => continue,
        };
        for assignment in &finding.assignments {
            let known = found.get(assignment).map(|problem| problem.mark);
            if known.is_none() || (known == Some(BlockProblem::Warning) && mark == BlockProblem::Error) {
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

/// "agreed", "asked", …
#[must_use]
pub const fn status_word(status: Status) -> &'static str {
    match status {
        Status::Proposed => "proposed",
        Status::Asked => "asked",
        Status::Agreed => "agreed",
        Status::Declined => "declined",
    }
}

/// Such as `Tue 26-Apr-2016`.
#[must_use]
pub fn date(zone: Zone, at: Instant) -> String {
    zone.civil(at).local.format("%a %d-%b-%Y").to_string()
}

/// Such as `Tue 26 Apr`.
#[must_use]
pub fn spoken_date(zone: Zone, at: Instant) -> String {
    zone.civil(at).local.format("%a %-d %b").to_string()
}
