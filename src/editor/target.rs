//! Where on the grid a finding is: which cells the ring goes to, and whom it is that somebody is looked for there.

use crate::checker::{Code, Finding, Gap, PostStep, empty_places, outlasting_posts};
use crate::model::{Instant, PersonId, Post, PostId, Rota, Span, TierId, UnitId};

use super::action::ProblemKind;
use super::problems::kind_of;
use super::selection::{Cell, CellRange, GridRow};
use super::{Document, GridUnit, GridWindow, Slots};

/// Where the ring goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub cells: CellRange,
    /// What is to be filled although somebody stands there who does not count.
    pub gap: Option<Gap>,
}

impl Target {
    fn cell(window: &GridWindow, row: GridRow, span: Span, gap: Option<Gap>) -> Self {
        let cells = CellRange::one(window.id.clone(), Cell { row, at: span.from, until: span.to });
        Self { cells, gap }
    }
}

/// Where a finding that names blocks, posts or grades is; nothing if it names none. `slot` is so many minutes long.
///
/// Of a shortage this is the post that its line names: the gap, else whoever stands there and does not count.
pub(super) fn target(doc: &Document, window: &GridWindow, finding: &Finding, slot: i64) -> Option<Target> {
    match finding.code {
        Code::Cov1 | Code::Cov2 => of_shortage(doc, window, finding),
        Code::Cov3 => of_missing_senior(doc, window, finding),
        Code::Cov5 => of_shortage(doc, window, shortage_of(doc, finding)?),
        Code::Edg1 => of_last_hour(doc, window, finding, slot),
        _ => of_block(doc, window, finding),
    }
}

/// The first cell of a unit at the time of a finding that names nothing else: letters mean something there. Where the
/// finding is about an edge of the day, that of somebody who is there then.
pub(super) fn first_cell(doc: &Document, window: &GridWindow, finding: &Finding, slot: i64) -> Option<Target> {
    let unit = unit_of(window, finding)?;
    let slots = Slots::new(window.span, doc.rota().zone(), slot);
    let from = finding.span.unwrap_or(window.span).from;
    let slot = slots.slot_at(from.min(window.span.to.plus(-1)).max(window.span.from));
    let is_there = |row: &GridRow| window.lane(row).is_some_and(|lane| lane.block_in(slot).is_some());
    let held = unit.rows().filter(|_| finding.code == Code::Hnd1).find(is_there);
    let row = held.or_else(|| unit.rows().next())?;
    let gap = finding.span.filter(|_| finding.code == Code::Cov3).map(|span| Gap { post: row.post.clone(), span });
    Some(Target::cell(window, row, slot, gap))
}

fn unit_of<'a>(window: &'a GridWindow, finding: &Finding) -> Option<&'a GridUnit> {
    window.units.iter().find(|unit| Some(&unit.id) == finding.unit.as_ref())
}

/// A post that lacks somebody for some time.
struct Place<'a> {
    post: &'a PostId,
    span: Span,
    /// It stays so whatever anybody answers.
    is_empty: bool,
}

/// The posts that are short, in the order in which the list of problems names them: of what waits for answers those that
/// wait, of anything else those that are unfilled.
fn places<'a>(doc: &Document, finding: &'a Finding) -> Vec<Place<'a>> {
    let rota = doc.rota();
    let waits = kind_of(finding, doc.report()) == ProblemKind::ToAgree;
    let unfilled = empty_places(rota, finding).into_iter();
    let mut unfilled: Vec<Place<'_>> =
        unfilled.map(|one| Place { post: &one.post, span: one.span, is_empty: true }).collect();
    let is_own = |post: &PostId| rota.post(post).map(|post| &post.tier) == finding.tier.as_ref();
    let waiting = finding.lacking.iter().filter(|one| one.waiting > 0);
    let mut waiting: Vec<Place<'_>> =
        waiting.map(|one| Place { post: &one.post, span: one.span, is_empty: false }).collect();
    waiting.sort_by_key(|place| !is_own(place.post));
    if waits {
        waiting.append(&mut unfilled);
        waiting
    } else {
        unfilled.append(&mut waiting);
        unfilled
    }
}

fn of_shortage(doc: &Document, window: &GridWindow, finding: &Finding) -> Option<Target> {
    places(doc, finding).iter().find_map(|place| {
        let gap = gap_on(window, place.post, place.span).filter(|_| place.is_empty);
        gap.or_else(|| not_counted_on(doc, window, place)).or_else(|| anybody_on(window, place))
    })
}

/// All of a gap of the post, as it is filled by the first of "Who could" or by a drop.
fn gap_on(window: &GridWindow, post: &PostId, span: Span) -> Option<Target> {
    let (row, gap) = rows_of(window, post).find_map(|row| {
        let gap = window.lane(&row)?.gaps.iter().copied().find(|gap| gap.overlaps(span))?;
        Some((row, gap))
    })?;
    Some(Target::cell(window, row, gap, None))
}

/// The first block on the post whose person does not count there at some time of it.
fn not_counted_on(doc: &Document, window: &GridWindow, place: &Place<'_>) -> Option<Target> {
    let unit = unit_with(window, place.post)?;
    let steps = doc.coverage(&window.id, unit).iter().filter(|step| step.span.overlaps(place.span));
    let (row, span) = steps.into_iter().find_map(|step| {
        let of_post = step.posts.iter().find(|one| one.post == *place.post)?;
        let time = step.span.overlap(place.span)?;
        rows_of(window, place.post).find_map(|row| {
            let mut blocks = window.lane(&row)?.blocks.iter().filter(|block| block.span.overlaps(time));
            let block = blocks.find(|block| !counts(of_post, &block.person, place.is_empty))?;
            Some((row, block.span.overlap(place.span)?))
        })
    })?;
    Some(Target::cell(window, row, span, Some(place.gap())))
}

fn counts(step: &PostStep, person: &PersonId, if_agreed: bool) -> bool {
    let who = if if_agreed { &step.counts_if_agreed } else { &step.counts };
    who.contains(person)
}

/// The last line of the post on which somebody stands then: there are more places than lines, or one person is there
/// twice.
fn anybody_on(window: &GridWindow, place: &Place<'_>) -> Option<Target> {
    let (row, span) = rows_of(window, place.post)
        .filter_map(|row| {
            let span = window.lane(&row)?.block_in(place.span)?.span.overlap(place.span)?;
            Some((row, span))
        })
        .last()?;
    Some(Target::cell(window, row, span, Some(place.gap())))
}

impl Place<'_> {
    fn gap(&self) -> Gap {
        Gap { post: self.post.clone(), span: self.span }
    }
}

fn rows_of<'a>(window: &'a GridWindow, post: &'a PostId) -> impl Iterator<Item = GridRow> + 'a {
    window.rows.iter().filter(move |row| row.post == *post).cloned()
}

fn unit_with<'a>(window: &'a GridWindow, post: &PostId) -> Option<&'a UnitId> {
    window.rows.iter().find(|row| row.post == *post).map(|row| &row.unit)
}

/// The shortage that somebody could move to.
fn shortage_of<'a>(doc: &'a Document, finding: &Finding) -> Option<&'a Finding> {
    let span = finding.span?;
    let is_it = |other: &&Finding| {
        other.code == Code::Cov1
            && (&other.window, &other.unit, &other.tier) == (&finding.window, &finding.unit, &finding.tier)
            && other.span.is_some_and(|other| other.overlaps(span))
    };
    doc.report().findings.iter().find(is_it)
}

/// Where a senior is missing: a gap on a post of that grade or above, else whoever stands there and does not count, else
/// any gap of the unit, which a senior may fill too.
fn of_missing_senior(doc: &Document, window: &GridWindow, finding: &Finding) -> Option<Target> {
    let span = finding.span?;
    let rota = doc.rota();
    let unit = unit_of(window, finding)?;
    let in_rota = rota.unit(&unit.id)?;
    let senior = in_rota.senior_from.as_ref().and_then(|tier: &TierId| in_rota.tier_index(tier))?;
    let tier = |post: &&PostId| rota.post(post).and_then(|post| in_rota.tier_index(&post.tier));
    let is_here = |post: &&PostId| !rota.post(post).is_some_and(|post: &Post| post.on_call);
    let here = || unit.posts.iter().map(|post| &post.id).filter(is_here);
    let seniors = || here().filter(|post| tier(post).is_some_and(|tier| tier >= senior));
    let gap = |post: &PostId| gap_on(window, post, span);
    let held = |post: &PostId| not_counted_on(doc, window, &Place { post, span, is_empty: true });
    seniors().find_map(gap).or_else(|| seniors().find_map(held)).or_else(|| here().find_map(gap))
}

/// The last hour of the day on the post that is still needed after it, and whoever is there then.
fn of_last_hour(doc: &Document, window: &GridWindow, finding: &Finding, slot: i64) -> Option<Target> {
    let rota: &Rota = doc.rota();
    let post = outlasting_posts(rota, &window.id, finding.unit.as_ref()?).into_iter().next()?;
    let last: Instant = window.span.to.plus(-1);
    let is_held = |row: &GridRow| window.lane(row).is_some_and(|lane| lane.block_at(last).is_some());
    let row = rows_of(window, &post).find(is_held).or_else(|| rows_of(window, &post).next())?;
    Some(Target::cell(window, row, Slots::new(window.span, rota.zone(), slot).slot_at(last), None))
}

/// The first block that a finding names and that is drawn on that day.
fn of_block(doc: &Document, window: &GridWindow, finding: &Finding) -> Option<Target> {
    let (id, row) = finding.assignments.iter().find_map(|id| Some((id, window.row_of(id)?)))?;
    let block = doc.rota().assignment(id)?.span.overlap(window.span)?;
    let span = finding.span.and_then(|span| span.overlap(block)).unwrap_or(block);
    Some(Target::cell(window, row, span, None))
}
