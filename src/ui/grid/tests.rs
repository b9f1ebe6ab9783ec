//! What the grid says as text, and where its parts are.

use insta::assert_snapshot;

use super::layout::GridLayout;
use super::rows::Row;
use super::view::{GridOptions, GridView};
use crate::editor::fixture::{able, at, span, window_id, with};
use crate::editor::{Document, cells};
use crate::model::{Rota, Status, UnitId};
use crate::ui::theme::sizes::{COMFORTABLE, COMPACT, HOUR_WIDTH_MIN};

fn with_view<R>(rota: Rota, minutes: i64, run: impl FnOnce(&GridView<'_>) -> R) -> R {
    let doc = Document::unsaved(rota);
    let window = window_id();
    let shown = GridOptions { window: &window, minutes, declined: true, is_folded: &|_: &UnitId| false, beside: &[] };
    run(&GridView::new(&doc, shown).unwrap())
}

/// Every row with what stands in it.
fn described(view: &GridView<'_>) -> String {
    let (day, rest) = view.window_line();
    let mut lines = vec![format!("{day} {rest}")];
    for row in &view.rows {
        match row {
            Row::Unit(unit) => {
                let at = unit.handovers.iter().map(|at| view.zone().time_of_day(*at).to_string());
                let note = unit.note.map_or("", |note| note.text());
                lines.push(format!("{} [{}] {note}", unit.unit.name, at.collect::<Vec<_>>().join(" ")));
            }
            Row::Lane(lane) => {
                lines.push(format!("  {} need {}", lane.place(), lane.of.peak));
                for block in &lane.lane.blocks {
                    let look = view.block_look(block, lane);
                    let over = if look.over_normal > 0 { format!(" +{}", look.over_normal) } else { String::new() };
                    let when = cells::times(view.zone(), block.span);
                    let problem = look.problem.map_or(String::new(), |problem| format!(" {problem:?}"));
                    lines
                        .push(format!("    {} {} {when} {:?}{over}{problem}", look.initials, look.family, look.status));
                }
                for gap in &lane.lane.gaps {
                    let declined = view.declined_in(lane.lane, *gap);
                    lines.push(format!("    gap {} {declined}", cells::times(view.zone(), *gap)).trim_end().to_owned());
                }
            }
            Row::HaveNeed(row) => {
                let cell = |step: &super::rows::HaveNeedStep| {
                    format!("{} {}", cells::times(view.zone(), step.span), step.look.figures())
                };
                lines.push(format!("  have/need {}", row.steps.iter().map(cell).collect::<Vec<_>>().join(" | ")));
            }
            Row::Beside(_) => {}
            Row::Add => lines.push("add".to_owned()),
        }
    }
    lines.join("\n")
}

fn example() -> Rota {
    let rota = with(able(), "a1", "cons", "hg", "08:00", "13:00", Status::Agreed);
    let rota = with(rota, "a2", "cons", "mw", "13:00", "17:00", Status::Agreed);
    let rota = with(rota, "a3", "mg", "kp", "08:00", "17:00", Status::Agreed);
    let rota = with(rota, "a4", "mg", "an", "12:00", "17:00", Status::Asked);
    with(rota, "a5", "mg", "rs", "10:00", "11:00", Status::Declined)
}

#[test]
fn the_view_says_rows_blocks_gaps_and_figures() {
    let said = with_view(example(), 60, described);
    assert_snapshot!(said, @r###"
    Tue 26-Apr-2016 walkout 08:00–17:00, compared with Normal weekday
    A&E [13:00] 
      A&E Consultant need 1
        HG Grant 08:00–13:00 Agreed
        MW Whitlock 13:00–17:00 Agreed
      A&E Middle grade need 2
        KP Pereira 08:00–17:00 Agreed
      A&E Middle grade, lane 2 need 2
        AN Nwosu 12:00–17:00 Asked
        gap 10:00–12:00 RS 10:00–11:00
      A&E SHO need 0
      have/need 08:00–10:00 2/2 | 10:00–12:00 2/3 | 12:00–17:00 2+1/3
    add
    "###);
}

#[test]
fn a_cell_speaks_one_sentence() {
    with_view(example(), 60, |view| {
        let lanes: Vec<_> =
            view.rows.iter().filter_map(|row| if let Row::Lane(lane) = row { Some(lane) } else { None }).collect();
        let say = |lane: usize, time: &str| view.cell_sentence(lanes[lane], view.slots.slot_at(at(time)));
        assert_eq!(say(1, "10:00"), "A&E Middle grade, Tue 26 Apr, 10:00: KP, agreed, 1 short");
        assert_eq!(say(2, "12:00"), "A&E Middle grade, lane 2, Tue 26 Apr, 12:00: AN, asked, 1 to agree");
        assert_eq!(say(2, "10:00"), "A&E Middle grade, lane 2, Tue 26 Apr, 10:00: not covered, 1 short");
        assert_eq!(say(2, "08:00"), "A&E Middle grade, lane 2, Tue 26 Apr, 08:00: not normally staffed");
        assert_eq!(
            view.gap_sentence(lanes[2], lanes[2].lane.gaps[0]),
            "Gap: A&E Middle grade, lane 2, Tue 26 Apr 10:00–12:00, not covered, RS 10:00–11:00 declined"
        );
        assert_eq!(
            view.block_sentence(lanes[0], &lanes[0].lane.blocks[1]),
            "MW Whitlock: A&E Consultant, Tue 26 Apr 13:00–17:00, agreed"
        );
    });
}

#[test]
fn an_hour_is_68_points_at_1366_and_108_at_1920() {
    with_view(example(), 60, |view| {
        let narrow = GridLayout::new(view, &COMPACT, 881.0, 100.0, HOUR_WIDTH_MIN);
        assert_eq!((narrow.frozen as i32, (narrow.minute * 60.0).round() as i32), (240, 68));
        let wide = GridLayout::new(view, &COMFORTABLE, 1296.0, 100.0, HOUR_WIDTH_MIN);
        assert_eq!((wide.minute * 60.0).round() as i32, 108);
        assert!((wide.frozen + wide.body - 1296.0).abs() < 0.01, "the last sliver takes the rest");
    });
}

#[test]
fn what_does_not_fit_scrolls() {
    with_view(example(), 15, |view| {
        let layout = GridLayout::new(view, &COMPACT, 881.0, 100.0, HOUR_WIDTH_MIN);
        assert_eq!((layout.minute * 15.0).round() as i32, 28);
        assert!(layout.frozen + layout.body > 881.0);
        assert!((layout.frozen + layout.body - (240.0 + 28.0 + 36.0 * 28.0)).abs() < 0.01);
    });
}

#[test]
fn places_and_times_are_each_others_inverse() {
    with_view(example(), 30, |view| {
        let layout = GridLayout::new(view, &COMPACT, 881.0, 100.0, HOUR_WIDTH_MIN);
        for minute in (0..540).step_by(7) {
            let time = view.window.span.from.plus(minute);
            assert_eq!(layout.at(layout.x(time) + 0.01), time);
        }
        for row in 0..view.rows.len() {
            let (top, bottom) = layout.y_range(row);
            assert_eq!(layout.row_at(top), Some(row));
            assert_eq!(layout.row_at(bottom - 0.5), Some(row));
        }
        assert_eq!(layout.row_at(-1.0), None);
        assert_eq!(layout.row_at(layout.height), None);
        assert_eq!(layout.rows_between(0.0, layout.height), 0..view.rows.len());
    });
}

#[test]
fn what_lies_outside_the_window_is_seen_on_its_sliver() {
    with_view(example(), 60, |view| {
        let layout = GridLayout::new(view, &COMPACT, 881.0, 100.0, HOUR_WIDTH_MIN);
        let (left, right) = layout.x_range(span("05:00", "07:00"));
        assert!(left >= 0.0 && right <= COMPACT.sliver && right - left >= 6.0);
        let (left, right) = layout.x_range(span("20:00", "21:00"));
        assert!(right <= layout.body && right - left >= 6.0);
        let (left, _) = layout.x_range(span("07:00", "09:00"));
        assert!(left < COMPACT.sliver);
    });
}
