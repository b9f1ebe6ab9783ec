//! What holds after every edit of the grid, on random rotas: edges off the zoom, clock-change nights, all statuses.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::cells::{self, Edge};
use super::fixture::{TestSheet, at, person_id, post_id, rota};
use super::selection::{Cell, CellRange, GridRow};
use super::{Grid, GridWindow, Slots};
use crate::model::{Assignment, AssignmentId, Instant, PersonId, PostId, Rota, Span, Status};

const POSTS: [&str; 3] = ["cons", "mg", "sho"];
const PEOPLE: [&str; 5] = ["hg", "kp", "rs", "an", "mw"];

fn window_spans() -> impl Strategy<Value = Span> {
    prop_oneof![
        Just(Span::new(at("2016-04-26T08:00"), at("2016-04-26T17:00"))),
        Just(Span::new(at("2016-04-26T08:20"), at("2016-04-26T16:50"))),
        Just(Span::new(at("2026-10-24T20:00"), at("2026-10-25T08:00"))),
        Just(Span::new(at("2026-03-28T20:00"), at("2026-03-29T08:00"))),
    ]
}

fn rotas() -> impl Strategy<Value = Rota> {
    let one = (0..3usize, 0..5usize, -60..700i64, 1..400i64, 0..5u8);
    (window_spans(), prop::collection::vec(one, 0..12)).prop_map(|(span, all)| {
        let mut rota = rota();
        rota.windows[0].span = span;
        for (index, (post, person, from, length, status)) in all.into_iter().enumerate() {
            let from = span.from.plus(from);
            let assignment = Assignment {
                status: [Status::Proposed, Status::Asked, Status::Agreed, Status::Agreed, Status::Declined]
                    [usize::from(status)],
                ..Assignment::new(
                    AssignmentId::new(&format!("x{index}")).unwrap(),
                    post_id(POSTS[post]),
                    person_id(PEOPLE[person]),
                    Span::new(from, from.plus(length)),
                )
            };
            if twice(&rota, Some(&assignment)).is_none() {
                rota.assignments.push(assignment);
            }
        }
        rota
    })
}

/// Somebody who is on one post twice at one time, with one more assignment if given.
fn twice(rota: &Rota, more: Option<&Assignment>) -> Option<String> {
    let all: Vec<&Assignment> = rota.assignments.iter().chain(more).filter(|a| a.status != Status::Declined).collect();
    for (index, a) in all.iter().enumerate() {
        let clash = |b: &&&Assignment| a.person == b.person && a.post == b.post && a.span.overlaps(b.span);
        if let Some(b) = all[index + 1..].iter().find(clash) {
            return Some(format!("{a:?} and {b:?}"));
        }
    }
    None
}

/// Two corners, as fractions of the rows and slots there are.
fn corners() -> impl Strategy<Value = [usize; 4]> {
    [0..100usize, 0..100, 0..100, 0..100]
}

fn choose(sheet: &TestSheet, minutes: i64, [r1, c1, r2, c2]: [usize; 4]) -> (CellRange, Vec<GridRow>, Span) {
    let (window, slots) = (sheet.shown(), sheet.slots(minutes));
    let cell = |row: usize, column: usize| {
        let slot = slots.slot(column * slots.len() / 100);
        Cell { row: window.rows[row * window.rows.len() / 100].clone(), at: slot.from, until: slot.to }
    };
    let range = CellRange { window: window.id.clone(), anchor: cell(r1, c1), last: cell(r2, c2) };
    let rect = range.resolve(window).unwrap();
    (range, window.rows[rect.rows].to_vec(), rect.span)
}

type Minute = BTreeSet<(PersonId, Status)>;

/// Who is on a post at a minute.
fn minute(rota: &Rota, post: &PostId, at: Instant) -> Minute {
    let here = rota.assignments.iter().filter(|a| a.post == *post && a.span.contains(at));
    here.map(|a| (a.person.clone(), a.status)).collect()
}

fn all_minutes(rota: &Rota) -> impl Iterator<Item = Instant> {
    let span = rota.windows[0].span;
    (span.from.0 - 120..span.to.0 + 500).map(Instant)
}

/// Minutes that were not chosen stay as they were; only what was chosen may go with what it has beyond the window's edge.
fn outside_is_untouched_but_reached(
    before: &Rota,
    window: &GridWindow,
    after: &Rota,
    rows: &[GridRow],
    span: Span,
) -> Result<(), TestCaseError> {
    let reach = window.reach(span);
    let chosen: Vec<&AssignmentId> = rows
        .iter()
        .filter_map(|row| window.lane(row))
        .flat_map(|lane| lane.blocks.iter().filter(|block| block.span.overlaps(span)))
        .map(|block| &block.assignment)
        .collect();
    for post in POSTS.map(post_id) {
        for at in all_minutes(before).filter(|at| !posts_of(rows).contains(&post) || !span.contains(*at)) {
            let gone = |a: &&Assignment| {
                a.post == post && a.span.contains(at) && reach.contains(at) && chosen.contains(&&a.id)
            };
            let gone: Minute = before.assignments.iter().filter(gone).map(|a| (a.person.clone(), a.status)).collect();
            let stays: Minute = minute(before, &post, at).difference(&gone).cloned().collect();
            let now = minute(after, &post, at);
            let fine = stays.is_subset(&now) && now.is_subset(&minute(before, &post, at));
            prop_assert!(fine, "{} {:?}: {:?}", post, at.utc(), now);
        }
    }
    Ok(())
}

/// Whoever was not edited, is not over normal, and does not make room for a block that was moved, is on the lane of
/// before.
fn nobody_else_jumps(before: &GridWindow, after: &TestSheet, moved: Option<Span>) -> Result<(), TestCaseError> {
    let makes_room = |span: Span| moved.is_some_and(|moved| moved.overlaps(span));
    for post in before.units.iter().flat_map(|unit| &unit.posts) {
        for (lane, block) in post.blocks().filter(|(lane, block)| *lane < post.base && !makes_room(block.span)) {
            let now = after.shown().row_of(&block.assignment);
            let same =
                now.and_then(|row| after.shown().lane(&row)?.blocks.iter().find(|b| *b == block).map(|_| row.lane));
            prop_assert!(same.is_none_or(|now| now == lane), "{:?} was on lane {}", block, lane);
        }
    }
    Ok(())
}

fn sound(sheet: &TestSheet) -> Result<(), TestCaseError> {
    prop_assert_eq!(twice(sheet.rota(), None), None);
    grid_holds(&sheet.grid, sheet.rota())
}

/// Lanes never overlap, show everybody once, and have exactly as many gaps as people are missing.
fn grid_holds(grid: &Grid, rota: &Rota) -> Result<(), TestCaseError> {
    let window = &grid.windows[0];
    for post in window.units.iter().flat_map(|unit| &unit.posts) {
        let shown: BTreeSet<_> = post.blocks().map(|(_, block)| block.assignment.clone()).collect();
        let all = rota.assignments.iter().filter(|a| a.post == post.id && a.status != Status::Declined);
        prop_assert_eq!(shown, all.map(|a| a.id.clone()).collect::<BTreeSet<_>>());
        for lane in &post.lanes {
            prop_assert!(lane.blocks.windows(2).all(|pair| pair[0].span.to <= pair[1].span.from));
        }
        for minute in window.span.from.0..window.span.to.0 {
            let at = Instant(minute);
            let need = post.need.iter().find(|step| step.span.contains(at)).unwrap().count as usize;
            let present = post.lanes.iter().filter(|lane| lane.block_at(at).is_some()).count();
            let gaps = post.lanes.iter().filter(|lane| lane.gap_at(at).is_some()).count();
            prop_assert_eq!(gaps, need.saturating_sub(present));
        }
        for block in post.lanes.iter().skip(post.base).flat_map(|lane| &lane.blocks) {
            let room = post.lanes[..post.base].iter().any(|l| !l.blocks.iter().any(|b| b.span.overlaps(block.span)));
            prop_assert!(!room, "over normal where there is room");
        }
        prop_assert!(post.lanes.iter().skip(post.base).all(|lane| !lane.blocks.is_empty()), "an extra lane for nobody");
    }
    Ok(())
}

fn posts_of(rows: &[GridRow]) -> Vec<PostId> {
    rows.iter().map(|row| row.post.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn typing_puts_the_person_on_exactly_the_chosen_minutes(
        rota in rotas(), zoom in prop::sample::select(vec![15, 30, 60]), corners in corners(), who in 0..5usize
    ) {
        let mut sheet = TestSheet::new(rota.clone());
        let (range, rows, span) = choose(&sheet, zoom, corners);
        let window = sheet.shown().clone();
        let who = person_id(PEOPLE[who]);
        if sheet.run(|s| cells::put(s, &range, &who)).is_ok() {
            sound(&sheet)?;
            outside_is_untouched_but_reached(&rota, &window, sheet.rota(), &rows, span)?;
            nobody_else_jumps(&window, &sheet, None)?;
            for post in posts_of(&rows) {
                for at in (span.from.0..span.to.0).map(Instant) {
                    prop_assert!(minute(sheet.rota(), &post, at).iter().any(|(person, _)| *person == who));
                }
            }
            sheet.undo();
            prop_assert_eq!(sheet.rota(), &rota);
        }
    }

    #[test]
    fn clearing_leaves_nobody_on_the_chosen_cells_and_undo_brings_them_back(
        rota in rotas(), zoom in prop::sample::select(vec![15, 30, 60]), corners in corners()
    ) {
        let mut sheet = TestSheet::new(rota.clone());
        let lanes = sheet.grid.clone();
        let (range, rows, span) = choose(&sheet, zoom, corners);
        let window = sheet.shown().clone();
        let somebody = !cells::assignments_in(sheet.shown(), &range).is_empty();
        if somebody {
            let chosen = cells::assignments_in(sheet.shown(), &range);
            sheet.run(|s| cells::clear(s, &range)).unwrap();
            sound(&sheet)?;
            for left in chosen.iter().filter_map(|id| sheet.rota().assignment(id)) {
                prop_assert!(left.span.overlaps(window.span), "out of sight: {:?}", left);
            }
            outside_is_untouched_but_reached(&rota, &window, sheet.rota(), &rows, span)?;
            nobody_else_jumps(&window, &sheet, None)?;
            sheet.undo();
            prop_assert_eq!(sheet.rota(), &rota);
            // Lanes within which nothing collided come back as they were.
            prop_assert_eq!(sheet.grid.windows[0].rows.len(), lanes.windows[0].rows.len());
        }
    }

    #[test]
    fn pasting_what_was_copied_gives_the_same_cells_as_proposed(
        rota in rotas(), zoom in prop::sample::select(vec![15, 30, 60]), corners in corners()
    ) {
        let mut sheet = TestSheet::new(rota.clone());
        let (range, rows, span) = choose(&sheet, zoom, corners);
        let window = sheet.shown().clone();
        let slots: Slots = sheet.slots(zoom);
        let text = super::clipboard::copy(sheet.rota(), sheet.shown(), slots, &range).unwrap();
        let who = |sheet: &TestSheet, at: Instant| -> Vec<BTreeSet<PersonId>> {
            let on = |post: &PostId| minute(sheet.rota(), post, at).into_iter().map(|(person, _)| person).collect();
            posts_of(&rows).iter().map(on).collect()
        };
        let before: Vec<_> = (span.from.0..span.to.0).map(|at| who(&sheet, Instant(at))).collect();
        let chosen = cells::assignments_in(sheet.shown(), &range);
        let pasted = sheet.run(|s| super::clipboard::paste(s, slots, &range, &text));
        if let Ok(notes) = pasted {
            prop_assert_eq!(notes, Vec::<String>::new());
            sound(&sheet)?;
            outside_is_untouched_but_reached(&rota, &window, sheet.rota(), &rows, span)?;
            nobody_else_jumps(&window, &sheet, None)?;
            let after: Vec<_> = (span.from.0..span.to.0).map(|at| who(&sheet, Instant(at))).collect();
            prop_assert_eq!(before, after);
            for block in cells::assignments_in(sheet.shown(), &range).iter().filter_map(|id| sheet.rota().assignment(id)) {
                let same = rota.assignments.iter().any(|a| a == block) && !chosen.contains(&block.id);
                prop_assert!(same || block.status == Status::Proposed || !span.covers(block.span));
            }
        }
    }

    #[test]
    fn fills_and_drags_keep_the_laws(
        rota in rotas(), zoom in prop::sample::select(vec![15, 30, 60]),
        ops in prop::collection::vec((0..7u8, corners(), 0..5usize), 1..6)
    ) {
        let mut sheet = TestSheet::new(rota);
        for (op, corners, who) in ops {
            let (range, rows, span) = choose(&sheet, zoom, corners);
            let (before, window) = (sheet.rota().clone(), sheet.shown().clone());
            let block = cells::assignments_in(sheet.shown(), &range).first().cloned();
            let to = Cell { row: range.last.row.clone(), at: range.anchor.at, until: range.anchor.until };
            let mut chosen_only = true;
            let mut moved = None;
            let result = match (op, block) {
                (0, _) => sheet.run(|s| cells::fill_right(s, &range)),
                (1, _) => sheet.run(|s| cells::fill_down(s, &range)),
                (2, _) => sheet.run(|s| cells::put(s, &range, &person_id(PEOPLE[who]))),
                (3, Some(block)) => {
                    chosen_only = false;
                    let done = sheet.run(|s| cells::move_block(s, &block, &to, who % 2 == 0));
                    moved = sheet.rota().assignment(&block).map(|now| now.span);
                    done
                }
                (4, Some(block)) => {
                    chosen_only = false;
                    let old = sheet.rota().assignment(&block).unwrap().clone();
                    let edge = if who % 2 == 0 { Edge::Start } else { Edge::End };
                    let new = cells::with_edge(old.span, edge, range.last.at);
                    let done = sheet.run(|s| cells::resize(s, &block, new));
                    let now = sheet.rota().assignment(&block);
                    if let (Ok(_), Some(now)) = (&done, now) {
                        let shorter = old.span.covers(new);
                        let wanted = if shorter { old.status } else { Status::Proposed };
                        prop_assert_eq!(now.status, wanted);
                    }
                    done
                }
                (5, Some(block)) => {
                    chosen_only = false;
                    sheet.run(|s| cells::replace(s, &block, &person_id(PEOPLE[who])))
                }
                _ => sheet.run(|s| cells::propose(s, &person_id(PEOPLE[who]), &range.anchor.row.post, span)),
            };
            sound(&sheet)?;
            // Onto another lane of its post, a block changes lanes with whoever is there.
            if *sheet.rota() != before {
                nobody_else_jumps(&window, &sheet, moved)?;
            }
            if result.is_ok() && chosen_only {
                outside_is_untouched_but_reached(&before, &window, sheet.rota(), &rows, span)?;
            }
            let declined = |rota: &Rota| rota.assignments.iter().filter(|a| a.status == Status::Declined).count();
            prop_assert_eq!(declined(&before), declined(sheet.rota()));
        }
    }
}
