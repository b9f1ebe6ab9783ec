//! Takes whoever is on chosen cells off them.

use std::collections::BTreeSet;

use crate::model::{PersonId, Span, words};

use super::super::assign::{NAMED_MAX, names};
use super::super::pieces::Pieces;
use super::super::selection::CellRange;
use super::{Edit, Refused, Sheet, initials, times};

/// Cuts the chosen slots out of whatever is there, and what that has beyond the window with its first or last slot.
/// Who declined there is not forgotten by that.
///
/// # Errors
/// [`Refused::NobodyThere`].
pub fn clear(sheet: &mut Sheet<'_>, range: &CellRange) -> Result<Edit, Refused> {
    let (window, rect) = sheet.rect(range)?;
    let rows = &window.rows[rect.rows.clone()];
    let mut pieces = Pieces::new(sheet.rota, window, rows.iter().map(|row| row.post.clone()));
    let mut taken: Vec<(PersonId, Span)> = Vec::new();
    for row in rows {
        taken.extend(pieces.cut(row, rect.span, sheet.random));
    }
    let people: BTreeSet<&PersonId> = taken.iter().map(|(person, _)| person).collect();
    let (from, to) = (taken.iter().map(|(_, part)| part.from).min(), taken.iter().map(|(_, part)| part.to).max());
    let (Some(one), Some(from), Some(to)) = (people.first(), from, to) else {
        return Err(Refused::NobodyThere);
    };
    let label = match people.len() {
        1 => format!("remove {}, {}", initials(sheet.rota, one), times(sheet.rota.zone(), Span::new(from, to))),
        many => {
            let who = if many > NAMED_MAX { words::people(many) } else { names(sheet.rota, people) };
            format!("remove {who}, {}", times(sheet.rota.zone(), rect.span))
        }
    };
    Ok(pieces.finish(label, Vec::new()))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::super::fixture::{TestSheet, filled, person_id, range, rota, span, with, with_day};
    use super::super::put;
    use super::*;
    use crate::model::{Status, WindowId};

    #[test]
    fn clearing_cuts_and_leaves_edges_that_are_off_the_zoom() {
        let mut sheet = TestSheet::new(filled());
        sheet.run(|s| clear(s, &range("mg", 0, "11:00", "mg", 1, "12:00"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–11:00 Agreed
        rs 10:20–11:00 Asked
        kp 13:00–17:00 Agreed
        rs 13:00–13:40 Asked
        "###);
        assert_eq!(sheet.undo().unwrap(), "remove KP and RS, 11:00–13:00");
        let empty = range("cons", 0, "11:00", "cons", 0, "12:00");
        assert_eq!(sheet.run(|s| clear(s, &empty)), Err(Refused::NobodyThere));
    }

    #[test]
    fn with_the_first_and_last_slot_goes_what_lies_beyond_the_window() {
        let rota = with(rota(), "a1", "mg", "kp", "07:45", "17:15", Status::Agreed);
        let mut sheet = TestSheet::new(rota.clone());
        sheet.run(|s| clear(s, &range("mg", 0, "08:00", "mg", 0, "16:00"))).unwrap();
        assert!(sheet.rota().assignments.is_empty(), "{:?}", sheet.spans_on("mg"));
        assert_eq!(sheet.undo().unwrap(), "remove KP, 07:45–17:15");
        sheet.run(|s| clear(s, &range("mg", 0, "08:00", "mg", 0, "08:00"))).unwrap();
        assert_eq!(sheet.spans_on("mg"), ["kp 09:00–17:15 Agreed"]);
        sheet.undo();
        sheet.run(|s| clear(s, &range("mg", 0, "15:00", "mg", 0, "16:00"))).unwrap();
        assert_eq!(sheet.spans_on("mg"), ["kp 07:45–15:00 Agreed"]);
        sheet.undo();
        sheet.run(|s| clear(s, &range("mg", 0, "09:00", "mg", 0, "15:00"))).unwrap();
        assert_eq!(sheet.spans_on("mg"), ["kp 07:45–09:00 Agreed", "kp 16:00–17:15 Agreed"]);
        sheet.undo();
        sheet.run(|s| put(s, &range("mg", 0, "08:00", "mg", 0, "09:00"), &person_id("rs"))).unwrap();
        assert_eq!(sheet.spans_on("mg"), ["rs 08:00–10:00 Proposed", "kp 10:00–17:15 Agreed"], "typed over");
        sheet.undo();
        sheet.paste(&range("mg", 0, "16:00", "mg", 0, "16:00"), "\t");
        assert_eq!(sheet.spans_on("mg"), ["kp 07:45–16:00 Agreed"], "an empty cell clears");
        sheet.undo();
        assert_eq!(*sheet.rota(), rota);
    }

    #[test]
    fn what_another_window_shows_stays_there() {
        let rota = with(rota(), "a1", "mg", "kp", "16:00", "2016-04-27T12:00", Status::Agreed);
        let mut sheet = TestSheet::new(with_day(rota, span("2016-04-27T08:00", "2016-04-27T17:00")));
        sheet.run(|s| clear(s, &range("mg", 0, "16:00", "mg", 0, "16:00"))).unwrap();
        let left = &sheet.rota().assignments[0];
        assert_eq!(left.span, span("2016-04-27T08:00", "2016-04-27T12:00"));
        assert_eq!(left.status, Status::Proposed, "nobody agreed to come for that alone");
    }

    /// A night over the change of day, 13:00 on the first to 08:00 on the second, and 16:00 is where the first ends.
    fn over_two_days() -> TestSheet {
        let mut rota = with(rota(), "a1", "mg", "kp", "13:00", "2016-04-26T20:00", Status::Agreed);
        rota.windows[0].span = span("08:00", "16:00");
        TestSheet::new(with_day(rota, span("16:00", "2016-04-26T23:00")))
    }

    #[test]
    fn what_stays_of_a_block_outside_the_day_is_proposed_and_inside_it_keeps_its_status() {
        let mut sheet = over_two_days();
        sheet.run(|s| clear(s, &range("mg", 0, "08:00", "mg", 0, "15:00"))).unwrap();
        assert_eq!(sheet.spans_on("mg"), ["kp 16:00–20:00 Proposed"]);
        sheet.undo();
        sheet.run(|s| clear(s, &range("mg", 0, "14:00", "mg", 0, "15:00"))).unwrap();
        assert_eq!(sheet.spans_on("mg"), ["kp 13:00–14:00 Agreed", "kp 16:00–20:00 Proposed"]);
        sheet.undo();
        sheet.run(|s| clear(s, &range("mg", 0, "13:00", "mg", 0, "14:00"))).unwrap();
        assert_eq!(sheet.spans_on("mg"), ["kp 15:00–20:00 Agreed"], "shortened where it is in sight");
        sheet.undo();
        sheet.run(|s| put(s, &range("mg", 0, "12:00", "mg", 0, "15:00"), &person_id("rs"))).unwrap();
        assert_eq!(sheet.spans_on("mg"), ["rs 12:00–16:00 Proposed", "kp 16:00–20:00 Proposed"], "typed over");
        sheet.undo();
        sheet.paste(&range("mg", 0, "13:00", "mg", 0, "13:00"), "\t\t");
        assert_eq!(sheet.spans_on("mg"), ["kp 16:00–20:00 Proposed"], "pasted over");
        sheet.undo();
        sheet.window = WindowId::new("w2").unwrap();
        let mut second = range("mg", 0, "16:00", "mg", 0, "22:00");
        second.window = sheet.window.clone();
        sheet.run(|s| clear(s, &second)).unwrap();
        assert_eq!(sheet.spans_on("mg"), ["kp 13:00–16:00 Proposed"], "the other end");
    }

    #[test]
    fn clearing_a_gap_does_not_forget_who_declined_there() {
        let mut sheet = TestSheet::new(with(rota(), "a1", "cons", "hg", "08:00", "12:00", Status::Declined));
        let gap = range("cons", 0, "11:00", "cons", 0, "12:00");
        assert_eq!(sheet.run(|s| clear(s, &gap)), Err(Refused::NobodyThere));
        assert_eq!(sheet.rota().assignments[0].status, Status::Declined);
    }
}
