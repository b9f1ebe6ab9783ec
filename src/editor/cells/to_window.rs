//! Copies cells, or a whole window, to another window.

use crate::model::{Instant, Span, WindowId, Zone};

use super::super::pieces::Pieces;
use super::super::place::Rect;
use super::super::selection::CellRange;
use super::{Edit, Refused, Sheet};

/// Copies the chosen cells, or the whole window, to the same civil times of another window, as Proposed. Where somebody
/// is there already nothing is put.
///
/// # Errors
/// [`Refused::NobodyThere`] if nothing was chosen that could be put there, [`Refused::Gone`].
pub fn copy_to_window(sheet: &mut Sheet<'_>, range: Option<&CellRange>, to: &WindowId) -> Result<Edit, Refused> {
    let window = sheet.shown()?;
    let rect = match range {
        Some(range) => range.resolve(window).ok_or(Refused::Gone)?,
        None => Rect { rows: 0..window.rows.len(), span: window.span },
    };
    let target = sheet.grid.window(to).ok_or(Refused::Gone)?;
    let rows = &window.rows[rect.rows.clone()];
    let mut pieces = Pieces::new(sheet.rota, target, rows.iter().map(|row| row.post.clone()));
    let (mut placed, mut left) = (0, 0);
    for row in rows {
        let Some(lane) = window.lane(row) else { continue };
        for block in &lane.blocks {
            let Some(part) = block.span.overlap(rect.span) else { continue };
            let shifted = same_time_in(sheet.rota.zone(), part, window.span, target.span);
            let free = shifted.map(|span| pieces.free_parts(row, span)).unwrap_or_default();
            for free in free {
                placed += usize::from(pieces.place(row, &block.person, free, sheet.random));
            }
            let now = shifted.map_or(0, Span::minutes);
            left += usize::from(shifted.is_none_or(|s| pieces.minutes_of(&row.post, &block.person, s) < now));
        }
    }
    if placed == 0 {
        return Err(Refused::NobodyThere);
    }
    let name = |id: &WindowId| sheet.rota.window(id).map(|w| w.label.clone()).unwrap_or_default();
    let label = match range {
        None => format!("copy {} to {}", name(sheet.window), name(to)),
        Some(_) => format!("copy to {}", name(to)),
    };
    let note = |left| format!("{left} left out: somebody else is there, or it is outside {}", name(to));
    Ok(pieces.finish(label, (left > 0).then(|| note(left)).into_iter().collect()))
}

/// The same civil time as many days later as the one window begins after the other, cut to that window.
fn same_time_in(zone: Zone, span: Span, from: Span, to: Span) -> Option<Span> {
    let days = zone.civil(to.from).local.date() - zone.civil(from.from).local.date();
    let shift = |at: Instant| zone.instant_or_next(zone.civil(at).local + days);
    Span::new(shift(span.from), shift(span.to)).overlap(to)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::super::fixture::{TestSheet, filled, span, with, with_day};
    use super::*;
    use crate::model::Status;

    #[test]
    fn a_day_is_copied_to_where_nobody_is() {
        let mut rota = with_day(filled(), span("2016-04-27T08:00", "2016-04-27T16:00"));
        rota.windows[1].label = "Day 2".to_owned();
        let rota = with(rota, "a3", "mg", "an", "2016-04-27T12:00", "2016-04-27T13:00", Status::Agreed);
        let mut sheet = TestSheet::new(rota);
        let to = WindowId::new("w2").unwrap();
        let notes = sheet.run(|s| copy_to_window(s, None, &to)).unwrap();
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |KP   KP   KP   KP   KP   KP   KP   KP   KP   |
        mg   |.    .    ###/RS?RS?  RS?  RS?/######  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        cons |###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |KP*  KP*  KP*  KP*  AN   KP*  KP*  KP*  |
        mg   |.    .    ###/RS*RS*  RS*  RS*/######  ###  |
        sho  |.    .    .    .    .    .    .    .    |
        "###);
        assert_snapshot!(notes.join("\n"), @r###"
        1 left out: somebody else is there, or it is outside Day 2
        "###);
        assert_eq!(sheet.undo().unwrap(), "copy Day 1 to Day 2");
    }
}
