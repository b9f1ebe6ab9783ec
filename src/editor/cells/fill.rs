//! Goes on with what is there, to the right and downwards.

use crate::model::{PersonId, Span};

use super::super::pieces::Pieces;
use super::super::selection::CellRange;
use super::{Edit, Refused, Sheet, times};

/// Puts whoever ends the first chosen slot of each lane on the rest of it, as Proposed. Of one slot alone: whoever is
/// just before it. As far as their shift goes on there already it stays what it is, agreed or not.
///
/// # Errors
/// [`Refused::NothingToFillFrom`], [`Refused::AlreadyThere`].
pub fn fill_right(sheet: &mut Sheet<'_>, range: &CellRange) -> Result<Edit, Refused> {
    let (window, rect) = sheet.rect(range)?;
    let first = if range.anchor.at <= range.last.at { &range.anchor } else { &range.last };
    let one_slot = range.anchor.at == range.last.at;
    let edge = if one_slot { rect.span.from } else { first.until.clamp(rect.span.from, rect.span.to) };
    let onward = Span::new(edge, rect.span.to);
    let rows = &window.rows[rect.rows.clone()];
    let mut pieces = Pieces::new(sheet.rota, window, rows.iter().map(|row| row.post.clone()));
    let mut refused = Vec::new();
    let mut filled: Option<Span> = None;
    for row in rows {
        let source = window.lane(row).and_then(|lane| lane.block_at(edge.plus(-1)));
        let Some(source) = source.filter(|_| !onward.is_empty()) else { continue };
        let rest = Span::new(onward.from.max(source.span.to), onward.to);
        if rest.from < rest.to && pieces.place(row, &source.person, rest, sheet.random) {
            filled = Some(filled.map_or(rest, |before| Span::new(before.from.min(rest.from), rest.to)));
        } else {
            refused.push(sheet.already(&source.person, &row.post, onward));
        }
    }
    let Some(filled) = filled else {
        return Err(refused.into_iter().next().unwrap_or(Refused::NothingToFillFrom));
    };
    let notes = refused.iter().map(ToString::to_string).collect();
    Ok(pieces.finish(format!("fill right, {}", times(sheet.rota.zone(), filled)), notes))
}

/// Puts what is in the topmost chosen lane on the lanes below it, at the same times, as Proposed. Of one lane alone:
/// what is in the lane above it.
///
/// # Errors
/// [`Refused::NothingToFillFrom`], [`Refused::AlreadyThere`].
pub fn fill_down(sheet: &mut Sheet<'_>, range: &CellRange) -> Result<Edit, Refused> {
    let (window, rect) = sheet.rect(range)?;
    let top = if rect.rows.len() > 1 { Some(rect.rows.start) } else { rect.rows.start.checked_sub(1) };
    let top = top.ok_or(Refused::NothingToFillFrom)?;
    let source = window.lane(&window.rows[top]).ok_or(Refused::Gone)?;
    let cut = source.blocks.iter().filter_map(|block| Some((block.person.clone(), block.span.overlap(rect.span)?)));
    let cut: Vec<(PersonId, Span)> = cut.collect();
    if cut.is_empty() {
        return Err(Refused::NothingToFillFrom);
    }
    let rows = &window.rows[top + 1..rect.rows.end];
    let mut pieces = Pieces::new(sheet.rota, window, rows.iter().map(|row| row.post.clone()));
    let mut refused = Vec::new();
    let mut filled = false;
    for row in rows {
        for (person, span) in &cut {
            if pieces.place(row, person, *span, sheet.random) {
                filled = true;
            } else {
                refused.push(sheet.already(person, &row.post, *span));
            }
        }
    }
    if !filled {
        return Err(refused.into_iter().next().unwrap_or(Refused::NothingToFillFrom));
    }
    let notes = refused.iter().map(ToString::to_string).collect();
    Ok(pieces.finish(format!("fill down, {}", times(sheet.rota.zone(), rect.span)), notes))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::super::fixture::{TestSheet, range, rota, with};
    use super::*;
    use crate::model::Status;

    #[test]
    fn fill_right_goes_on_with_the_first_slot() {
        let rota = with(rota(), "a1", "mg", "kp", "08:00", "09:00", Status::Agreed);
        let mut sheet = TestSheet::new(with(rota, "a2", "cons", "hg", "08:00", "09:00", Status::Agreed));
        sheet.run(|s| fill_right(s, &range("cons", 0, "08:00", "mg", 0, "11:00"))).unwrap();
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |HG   HG*  HG*  HG*  ###  ###  ###  ###  ###  |
        mg   |KP   KP*  KP*  KP*  ###  ###  ###  ###  ###  |
        mg   |.    .    ###  ###  ###  ###  ###  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
        sheet.undo();
        sheet.run(|s| fill_right(s, &range("mg", 0, "09:00", "mg", 0, "09:00"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–09:00 Agreed
        kp 09:00–10:00 Proposed
        "###);
        let nobody = range("sho", 0, "08:00", "sho", 0, "11:00");
        assert_eq!(sheet.run(|s| fill_right(s, &nobody)), Err(Refused::NothingToFillFrom));
    }

    #[test]
    fn fill_right_leaves_agreed_what_goes_on_there_already() {
        let mut sheet = TestSheet::new(with(rota(), "a1", "mg", "kp", "08:00", "12:00", Status::Agreed));
        let over = sheet.run(|s| fill_right(s, &range("mg", 0, "10:00", "mg", 0, "10:00")));
        assert!(matches!(over, Err(Refused::AlreadyThere { .. })), "{over:?}");
        sheet.run(|s| fill_right(s, &range("mg", 0, "08:00", "mg", 0, "13:00"))).unwrap();
        assert_snapshot!(sheet.spans_on("mg").join("\n"), @r###"
        kp 08:00–12:00 Agreed
        kp 12:00–14:00 Proposed
        "###);
    }

    #[test]
    fn fill_down_copies_the_top_lane() {
        let mut sheet = TestSheet::new(with(rota(), "a1", "cons", "hg", "08:30", "10:00", Status::Agreed));
        sheet.run(|s| fill_down(s, &range("cons", 0, "08:00", "mg", 0, "11:00"))).unwrap();
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |###/HGHG   ###  ###  ###  ###  ###  ###  ###  |
        mg   |###/HG*HG*  ###  ###  ###  ###  ###  ###  ###  |
        mg   |.    .    ###  ###  ###  ###  ###  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
    }
}
