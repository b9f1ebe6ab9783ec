//! Puts people on cells, gaps and posts, always as Proposed.

use crate::checker::Gap;
use crate::model::{Assignment, PersonId, PostId, Rota, Span, Status, words};

use super::super::lanes::{Grid, GridWindow};
use super::super::one_shift::{asked_whole, shift_at, shift_in};
use super::super::pieces::Pieces;
use super::super::selection::{Cell, CellRange, GridRow};
use super::{Edit, Refused, Sheet, initials, post_name, times};

/// Puts a person on exactly the chosen slots, as Proposed. What was there is cut. Of several lanes of one post only the
/// topmost takes the person, who can be there only once.
///
/// # Errors
/// [`Refused::AlreadyThere`] if the person is on every chosen post in another lane at that time.
pub fn put(sheet: &mut Sheet<'_>, range: &CellRange, person: &PersonId) -> Result<Edit, Refused> {
    let (window, rect) = sheet.rect(range)?;
    let rows = topmost_rows(&window.rows[rect.rows.clone()]);
    let mut pieces = Pieces::new(sheet.rota, window, rows.iter().map(|row| row.post.clone()));
    let mut notes = Vec::new();
    for row in &rows {
        if !pieces.place(row, person, rect.span, sheet.random) {
            notes.push(sheet.already(person, &row.post, rect.span));
        }
    }
    if notes.len() == rows.len() {
        return Err(notes.swap_remove(0));
    }
    let who = initials(sheet.rota, person);
    let when = times(sheet.rota.zone(), rect.span);
    let label = match rows.as_slice() {
        [row] => format!("{who} to {}, {when}", post_name(sheet.rota, &row.post)),
        rows => format!("{who} to {} posts, {when}", rows.len()),
    };
    Ok(pieces.finish(label, notes.iter().map(ToString::to_string).collect()))
}

/// Puts people on hours that were typed with them, as Proposed: each on exactly those, whatever is chosen. What was
/// there is cut. Of several lanes of one post only the topmost takes them.
///
/// # Errors
/// [`Refused::AlreadyThere`] if one of them is on a chosen post in another lane in those hours.
pub fn put_hours(sheet: &mut Sheet<'_>, range: &CellRange, typed: &[(PersonId, Span)]) -> Result<Edit, Refused> {
    let (window, rect) = sheet.rect(range)?;
    let rows = topmost_rows(&window.rows[rect.rows]);
    let mut pieces = Pieces::new(sheet.rota, window, rows.iter().map(|row| row.post.clone()));
    for row in &rows {
        for (person, span) in typed {
            if pieces.holds(row, person, *span) {
                let held = |a: &&Assignment| a.person == *person && a.post == row.post && a.span.overlaps(*span);
                let held = sheet.rota.assignments.iter().filter(|a| a.status != Status::Declined).find(held);
                return Err(sheet.already(person, &row.post, held.map_or(*span, |a| a.span)));
            }
            pieces.place(row, person, *span, sheet.random);
        }
    }
    let one = |(person, span): &(PersonId, Span)| {
        format!("{} {}", initials(sheet.rota, person), words::times(sheet.rota.zone(), *span))
    };
    let typed = words::list(&typed.iter().map(one).collect::<Vec<_>>());
    let label = match rows.as_slice() {
        [row] => format!("{typed} on {}", post_name(sheet.rota, &row.post)),
        rows => format!("{typed} on {} posts", rows.len()),
    };
    Ok(pieces.finish(label, Vec::new()))
}

/// The first row of each post.
fn topmost_rows(rows: &[GridRow]) -> Vec<GridRow> {
    let mut first: Vec<GridRow> = Vec::new();
    for row in rows {
        if first.last().is_none_or(|last| last.post != row.post) {
            first.push(row.clone());
        }
    }
    first
}

/// What somebody dropped on a post's name is put on: its gaps in the window within one shift from the first of them.
pub fn shift_to_fill(rota: &Rota, grid: &Grid, window: &GridWindow, post: &PostId) -> Option<Span> {
    let gaps = || window.gaps_of(post).map(|gap| asked_whole(rota, grid, window, post, gap));
    let (from, to) = (gaps().map(|g| g.from).min()?, gaps().map(|g| g.to).max()?);
    let first = window.gaps_of(post).map(|gap| gap.from).min()?;
    let gap = Gap { post: post.clone(), span: Span::new(from, to) };
    Some(shift_at(rota, &gap, first))
}

/// Puts a person on the gap that the cell lies in, as Proposed: on all of it, or where it is longer than a shift on the
/// shift that the cell begins in.
///
/// # Errors
/// [`Refused::NoGap`], [`Refused::AlreadyThere`].
pub fn fill_gap(sheet: &mut Sheet<'_>, cell: &Cell, person: &PersonId) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let gap = window.gap_at(cell).ok_or(Refused::NoGap)?;
    let gap = Gap { post: cell.row.post.clone(), span: gap };
    let gap = shift_in(sheet.rota, sheet.grid, window, &gap, cell.at);
    let mut pieces = Pieces::new(sheet.rota, window, [cell.row.post.clone()]);
    if !pieces.place(&cell.row, person, gap, sheet.random) {
        return Err(sheet.already(person, &cell.row.post, gap));
    }
    Ok(pieces.finish(to_post(sheet, person, &cell.row.post, gap), Vec::new()))
}

/// Puts a person on every gap of a post in the window shown, within one shift from the first of them, as Proposed. Where
/// several lanes have a gap at one time the person fills one of them.
///
/// # Errors
/// [`Refused::NoGap`], [`Refused::AlreadyThere`].
pub fn fill_post(sheet: &mut Sheet<'_>, post: &PostId, person: &PersonId) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let rows: Vec<&GridRow> = window.rows.iter().filter(|row| row.post == *post).collect();
    let gaps = |row: &GridRow| window.lane(row).map(|lane| lane.gaps.clone()).unwrap_or_default();
    let shift = shift_to_fill(sheet.rota, sheet.grid, window, post).ok_or(Refused::NoGap)?;
    let mut pieces = Pieces::new(sheet.rota, window, [post.clone()]);
    let mut placed = false;
    for row in rows {
        let whole = |gap: Span| asked_whole(sheet.rota, sheet.grid, window, post, gap).overlap(shift);
        for gap in gaps(row).into_iter().filter_map(whole) {
            placed |= pieces.place(row, person, gap, sheet.random);
        }
    }
    if !placed {
        return Err(sheet.already(person, post, shift));
    }
    Ok(pieces.finish(to_post(sheet, person, post, shift), Vec::new()))
}

/// Puts a person on a post for some time, as Proposed, beside whoever is there: on a lane that is free then, or on one
/// more.
///
/// # Errors
/// [`Refused::AlreadyThere`], [`Refused::Gone`].
pub fn propose(sheet: &mut Sheet<'_>, person: &PersonId, post: &PostId, span: Span) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let lanes = &window.post(post).ok_or(Refused::Gone)?.lanes;
    let is_free = |lane: &usize| lanes[*lane].blocks.iter().all(|block| !block.span.overlaps(span));
    let lane = (0..lanes.len()).find(is_free).unwrap_or(lanes.len());
    let row = row_of_post(sheet, post, lane)?;
    let mut pieces = Pieces::new(sheet.rota, window, [post.clone()]);
    if !pieces.place(&row, person, span, sheet.random) {
        return Err(sheet.already(person, post, span));
    }
    Ok(pieces.finish(to_post(sheet, person, post, span), Vec::new()))
}

pub(super) fn row_of_post(sheet: &Sheet<'_>, post: &PostId, lane: usize) -> Result<GridRow, Refused> {
    let unit = sheet.rota.post(post).ok_or(Refused::Gone)?.unit.clone();
    Ok(GridRow { unit, post: post.clone(), lane })
}

fn to_post(sheet: &Sheet<'_>, person: &PersonId, post: &PostId, span: Span) -> String {
    let when = times(sheet.rota.zone(), span);
    format!("{} to {}, {when}", initials(sheet.rota, person), post_name(sheet.rota, post))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::super::fixture::{TestSheet, filled, person_id, post_id, range, rota, span};
    use super::*;
    use crate::model::{Kind, StaffingLine, TimeOfDay};

    #[test]
    fn typing_cuts_what_was_there_and_its_parts_keep_their_status() {
        let mut sheet = TestSheet::new(filled());
        let cells = range("mg", 0, "10:00", "mg", 0, "11:00");
        sheet.run(|s| put(s, &cells, &person_id("hg"))).unwrap();
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |KP   KP   HG*  HG*  KP   KP   KP   KP   KP   |
        mg   |.    .    ###/RS?RS?  RS?  RS?/######  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–10:00 Agreed
        hg 10:00–12:00 Proposed
        rs 10:20–13:40 Asked
        kp 12:00–17:00 Agreed
        "###);
        assert_eq!(sheet.undo().unwrap(), "HG to Middle grade, 10:00–12:00");
        assert_eq!(*sheet.rota(), filled());
    }

    #[test]
    fn touching_pieces_of_one_person_post_and_status_join() {
        let mut sheet = TestSheet::new(rota());
        for hour in ["10:00", "12:00", "11:00"] {
            sheet.run(|s| put(s, &range("mg", 1, hour, "mg", 1, hour), &person_id("kp"))).unwrap();
        }
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 10:00–13:00 Proposed
        "###);
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |.    .    KP*  KP*  KP*  ###  ###  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
    }

    #[test]
    fn nobody_is_on_one_post_twice() {
        let mut sheet = TestSheet::new(filled());
        let cells = range("mg", 1, "08:00", "mg", 1, "16:00");
        let refused = sheet.run(|s| put(s, &cells, &person_id("kp"))).unwrap_err();
        assert_eq!(refused.to_string(), "KP is already on Middle grade, 08:00–17:00");
        let cells = range("mg", 0, "09:00", "mg", 1, "10:00");
        sheet.run(|s| put(s, &cells, &person_id("rs"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–09:00 Agreed
        rs 09:00–10:20 Proposed
        kp 10:20–17:00 Agreed
        rs 10:20–13:40 Asked
        "###);
    }

    #[test]
    fn dropping_on_a_gap_fills_all_of_it() {
        let mut sheet = TestSheet::new(filled());
        let cell = range("mg", 1, "15:00", "mg", 1, "15:00").anchor;
        sheet.run(|s| fill_gap(s, &cell, &person_id("hg"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–17:00 Agreed
        rs 10:20–13:40 Asked
        hg 13:40–17:00 Proposed
        "###);
        let cell = range("sho", 0, "15:00", "sho", 0, "15:00").anchor;
        assert_eq!(sheet.run(|s| fill_gap(s, &cell, &person_id("hg"))), Err(Refused::NoGap));
    }

    #[test]
    fn dropping_on_a_post_fills_its_gaps() {
        let mut sheet = TestSheet::new(filled());
        sheet.run(|s| fill_post(s, &post_id("mg"), &person_id("hg"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–17:00 Agreed
        hg 10:00–10:20 Proposed
        rs 10:20–13:40 Asked
        hg 13:40–17:00 Proposed
        "###);
    }

    /// The example with its day from 07:00 to 07:00, and middle grades normally there all of it.
    fn long_day() -> Rota {
        let mut rota = rota();
        let whole = span("2016-04-26T07:00", "2016-04-27T07:00");
        rota.windows[0].span = whole;
        let midnight = TimeOfDay::from_minutes(0).unwrap();
        let line = StaffingLine { post: post_id("mg"), from: midnight, to: midnight, count: 1 };
        rota.normals[0].staffing = vec![line];
        rota
    }

    #[test]
    fn nobody_is_dropped_on_a_day_and_a_night_at_once() {
        let mut sheet = TestSheet::new(long_day());
        let cell = range("mg", 0, "15:00", "mg", 0, "15:00").anchor;
        sheet.run(|s| fill_gap(s, &cell, &person_id("hg"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @"hg 13:00–02:00 Proposed");
        sheet.undo();
        sheet.run(|s| fill_post(s, &post_id("mg"), &person_id("hg"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @"hg 07:00–13:00 Proposed");
    }

    #[test]
    fn every_edit_is_one_that_cannot_make_consent() {
        let sheet = TestSheet::new(filled());
        let mut chance = || 7;
        let mut s = Sheet { rota: sheet.rota(), grid: &sheet.grid, window: &sheet.window, random: &mut chance };
        let edit = put(&mut s, &range("mg", 0, "10:00", "mg", 0, "11:00"), &person_id("hg")).unwrap();
        assert_eq!(edit.command.kind, Kind::Edit);
    }
}
