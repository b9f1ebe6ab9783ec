//! Two blocks change people, or one gets another person.

use crate::model::{Assignment, AssignmentId, PersonId, Status};

use super::super::pieces::Pieces;
use super::put::row_of_post;
use super::{Edit, Refused, Sheet, initials};

/// Gives two blocks each other's people; both become Proposed.
///
/// # Errors
/// [`Refused::SamePost`], [`Refused::AlreadyThere`], [`Refused::Gone`].
pub fn swap(sheet: &mut Sheet<'_>, one: &AssignmentId, other: &AssignmentId) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let (a, b) = (sheet.block(one)?.clone(), sheet.block(other)?.clone());
    if a.person == b.person || (a.post == b.post && a.span == b.span) {
        return Err(Refused::SamePost);
    }
    let mut pieces = Pieces::new(sheet.rota, window, [a.post.clone(), b.post.clone()]);
    let (Some(taken_a), Some(taken_b)) = (pieces.take(one), pieces.take(other)) else { return Err(Refused::Gone) };
    for (taken, person) in [(taken_a, &b.person), (taken_b, &a.person)] {
        let lane = window.row_of(&taken.id).map_or(0, |row| row.lane);
        let row = row_of_post(sheet, &taken.post, lane)?;
        if pieces.is_on(&taken.post, person, taken.span) {
            return Err(sheet.already(person, &taken.post, taken.span));
        }
        let swapped = Assignment { person: person.clone(), status: Status::Proposed, ..taken };
        pieces.put_back(swapped, &row, sheet.random);
    }
    let label = format!("swap {} and {}", initials(sheet.rota, &a.person), initials(sheet.rota, &b.person));
    Ok(pieces.finish(label, Vec::new()))
}

/// Gives a block to another person, as Proposed.
///
/// # Errors
/// [`Refused::AlreadyThere`], [`Refused::Gone`].
pub fn replace(sheet: &mut Sheet<'_>, block: &AssignmentId, person: &PersonId) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let old = sheet.block(block)?.clone();
    let lane = window.row_of(block).map_or(0, |row| row.lane);
    let row = row_of_post(sheet, &old.post, lane)?;
    let mut pieces = Pieces::new(sheet.rota, window, [old.post.clone()]);
    let Some(taken) = pieces.take(block) else { return Err(Refused::Gone) };
    if pieces.is_on(&old.post, person, old.span) {
        return Err(sheet.already(person, &old.post, old.span));
    }
    pieces.put_back(Assignment { person: person.clone(), status: Status::Proposed, ..taken }, &row, sheet.random);
    let (new, old) = (initials(sheet.rota, person), initials(sheet.rota, &old.person));
    Ok(pieces.finish(format!("{new} in place of {old}"), Vec::new()))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::super::fixture::{TestSheet, assignment_id, person_id, rota, with};
    use super::*;

    #[test]
    fn swapping_and_replacing_ask_both_again() {
        let rota = with(rota(), "a1", "cons", "hg", "08:00", "12:00", Status::Agreed);
        let mut sheet = TestSheet::new(with(rota, "a2", "mg", "kp", "09:00", "17:00", Status::Agreed));
        sheet.run(|s| swap(s, &assignment_id("a1"), &assignment_id("a2"))).unwrap();
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |KP*  KP*  KP*  KP*  ###  ###  ###  ###  ###  |
        mg   |###  HG*  HG*  HG*  HG*  HG*  HG*  HG*  HG*  |
        mg   |.    .    ###  ###  ###  ###  ###  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
        sheet.run(|s| replace(s, &assignment_id("a1"), &person_id("an"))).unwrap();
        assert_snapshot!(sheet.spans_on("cons").join("\n"), @r###"
        an 08:00–12:00 Proposed
        "###);
        assert_eq!(sheet.undo().unwrap(), "AN in place of KP");
    }
}
