//! What cells say at every width.

use egui::vec2;

use super::*;
use crate::model::Status;
use crate::ui::marks::Mark;
use crate::ui::testing::in_frame;
use crate::ui::theme::Palette;
use egui::{LayerId, RawInput};

/// Runs one frame of an empty window.
fn in_window(mut run: impl FnMut(&Painter)) {
    let screen = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 100.0));
    let input = RawInput { screen_rect: Some(screen), ..RawInput::default() };
    in_frame(input, |ui| run(&Painter::new(ui.ctx().clone(), LayerId::background(), screen)));
}

fn cell(width: f32) -> Rect {
    Rect::from_min_size(pos2(100.0, 40.0), vec2(width, 20.0))
}

/// The words painted, in order.
fn said(width: f32, paint: impl Fn(&mut CellBrush<'_>, Rect)) -> Vec<String> {
    let mut words = Vec::new();
    in_window(|painter| {
        let mut brush = CellBrush::new(painter, Tokens::of(Palette::Light), Pos2::ZERO);
        paint(&mut brush, cell(width));
        let texts = brush.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(text) => Some(text.galley.text().to_owned()),
            _ => None,
        });
        words = texts.collect();
    });
    words
}

fn words(width: f32, look: &BlockLook<'_>) -> Vec<String> {
    said(width, |brush, rect| brush.block(rect, look))
}

const GRANT: BlockLook<'static> = BlockLook::new(Status::Asked, "HG", "Grant");

#[test]
fn a_block_says_what_fits_and_drops_whole_parts() {
    assert_eq!(words(20.0, &GRANT), [""; 0]);
    assert_eq!(words(40.0, &GRANT), ["HG"]);
    let mark_at = |width: f32| {
        let mut circles = 0;
        let look = BlockLook::new(Status::Agreed, "HG", "Grant");
        in_window(|painter| {
            let mut brush = CellBrush::new(painter, Tokens::of(Palette::Light), Pos2::ZERO);
            brush.block(cell(width), &look);
            circles = brush.shapes.iter().filter(|shape| matches!(shape, Shape::Circle(_))).count();
        });
        circles
    };
    assert_eq!((mark_at(30.0), mark_at(50.0).min(1)), (0, 1), "one hour at 1366 has the mark of agreed");
    assert_eq!(words(70.0, &GRANT), ["HG"]);
    assert_eq!(words(100.0, &GRANT), ["HG", "asked"]);
    assert_eq!(words(200.0, &GRANT), ["HG", "asked", "Grant"]);
}

#[test]
fn a_gap_says_what_fits() {
    let say = |width, look: GapLook<'_>| said(width, |brush, rect| brush.gap(rect, &look));
    let gap = GapLook { times: "10:00–12:00", plate: true, ..GapLook::default() };
    assert_eq!(say(40.0, gap), [""; 0]);
    assert_eq!(say(60.0, gap), ["SHORT"]);
    assert_eq!(say(120.0, gap), ["NOT COVERED"]);
    assert_eq!(say(200.0, gap), ["NOT COVERED  10:00–12:00"]);
    let all = |width| [RefusalLook { initials: "IM".to_owned(), times: String::new(), rect: cell(width) }];
    assert_eq!(say(198.0, GapLook { declined: &all(198.0), ..gap }), ["IM", "declined", "SHORT"]);
    assert_eq!(say(90.0, GapLook { declined: &all(90.0), ..gap }), ["IM"]);
    // The first hour of a day was refused with the night before it: it is told there and not at the other end.
    let hour = Rect::from_min_size(cell(900.0).min, egui::vec2(40.0, 20.0));
    let night = [RefusalLook { initials: "BC".to_owned(), times: "20:00–08:00".to_owned(), rect: hour }];
    let wide = GapLook { declined: &night, ..gap };
    assert_eq!(say(900.0, wide), ["BC", "declined 20:00–08:00", "NOT COVERED  10:00–12:00"]);
    in_window(|painter| {
        let mut brush = CellBrush::new(painter, Tokens::of(Palette::Light), Pos2::ZERO);
        brush.gap(cell(900.0), &wide);
        let texts = brush.shapes.iter().filter(|shape| matches!(shape, Shape::Text(_)));
        let first = texts.map(|shape| shape.visual_bounding_rect().left()).fold(f32::MAX, f32::min);
        assert!(first < hour.right(), "{first} is not in {hour:?}");
    });
    // A ring around the hour in the middle: the plate stands beside it, not under it.
    let middle = |width: f32| Rect::from_center_size(cell(width).center(), vec2(60.0, 20.0));
    assert_eq!(say(400.0, GapLook { ringed: Some(middle(400.0)), ..gap }), ["NOT COVERED"]);
    assert_eq!(say(400.0, GapLook { ringed: Some(cell(400.0)), ..gap }), ["NOT COVERED  10:00–12:00"]);
}

#[test]
fn have_and_need_say_what_fits() {
    let say = |width, look: HaveNeedLook| said(width, |brush, rect| brush.have_need(rect, &look));
    let short = HaveNeedLook { agreed: 7, waiting: 1, need: 9, short: 1, short_now: 2 };
    assert_eq!(say(200.0, short), ["7+1/9", "1 short"]);
    assert_eq!(say(60.0, short), ["7+1/9"]);
    assert_eq!(say(26.0, short), ["−1"], "how many are missing is said where nothing else fits");
    let to_agree = HaveNeedLook { agreed: 7, waiting: 2, need: 9, short: 0, short_now: 2 };
    assert_eq!(say(26.0, to_agree), ["+2"]);
    assert_eq!(say(12.0, short), [""; 0]);
    assert_eq!(say(60.0, HaveNeedLook { agreed: 9, waiting: 0, need: 9, short: 0, short_now: 0 }), ["9/9"]);
}

#[test]
fn a_need_that_nobody_has_agreed_is_marked() {
    let say = |width, look: HaveNeedLook| {
        said(width, |brush, rect| {
            brush.agreed_need = false;
            brush.have_need(rect, &look);
            let t = brush.tokens;
            assert!(!brush.shapes.iter().any(|shape| matches!(shape, Shape::Rect(rect) if rect.fill == t.ok_soft)));
        })
    };
    let short = HaveNeedLook { agreed: 7, waiting: 1, need: 9, short: 1, short_now: 2 };
    assert_eq!(say(200.0, short), ["7+1/9?", "1 short"]);
    let met = HaveNeedLook { agreed: 9, waiting: 0, need: 9, short: 0, short_now: 0 };
    assert_eq!(say(60.0, met), ["9/9?"]);
    assert_eq!(said(60.0, |brush, rect| brush.have_need_with_plan(rect, &met)), ["9/9"]);
}

#[test]
fn a_proposal_in_the_place_of_somebody_says_from_whom_to_whom() {
    let look = PlanLook { initials: "RS", family: "Sethi", instead_of: "KP", ringed: false };
    let say = |width| said(width, |brush, rect| brush.proposal(rect, &look));
    assert_eq!(say(300.0)[..2], ["KP →", "RS"]);
    assert_eq!(say(60.0), ["RS"], "where there is no room, who it will be");
    said(300.0, |brush, rect| {
        brush.proposal(rect, &look);
        assert!(!brush.shapes.iter().any(|shape| matches!(shape, Shape::LineSegment { .. })), "nothing is struck");
    });
}

#[test]
fn nothing_leaves_its_cell_at_any_width() {
    let everything = BlockLook {
        over_normal: 2,
        problem: Some(Mark::Error),
        locked: true,
        on_call: true,
        changed: true,
        ..BlockLook::new(Status::Proposed, "WWW", "Featherstonehaugh")
    };
    in_window(|painter| {
        for width in 1..300 {
            let rect = cell(width as f32);
            let mut brush = CellBrush::new(painter, Tokens::of(Palette::HighContrast), Pos2::ZERO);
            brush.block(rect, &everything);
            let refusal = RefusalLook { initials: "WWW, MMM".to_owned(), times: String::new(), rect };
            let declined = &[refusal];
            brush.gap(rect, &GapLook { times: "10:00–12:00", declined, plate: true, ringed: None });
            brush.have_need(rect, &HaveNeedLook { agreed: 88, waiting: 10, need: 99, short: 11, short_now: 11 });
            brush.nobody_normally(rect);
            brush.refused(rect, "WWW teaching");
            for shape in &brush.shapes {
                let bounds = shape.visual_bounding_rect();
                let inside = rect.expand(1.0).contains_rect(bounds) || !bounds.is_positive();
                assert!(inside, "at {width}: {bounds:?} is not in {rect:?}: {shape:?}");
            }
        }
    });
}

#[test]
fn what_is_not_current_says_was_and_has_no_colour_of_a_verdict() {
    let gap = GapLook { times: "10:00–12:00", plate: true, ..GapLook::default() };
    let met = HaveNeedLook { agreed: 9, waiting: 0, need: 9, short: 0, short_now: 0 };
    let was = |brush: &mut CellBrush<'_>, rect| {
        brush.current = false;
        brush.gap(rect, &gap);
        brush.have_need(rect, &met);
        let t = brush.tokens;
        let live = [t.gap_fill, t.gap_plate, t.amber_soft];
        let is_live = |shape: &Shape| matches!(shape, Shape::Rect(rect) if live.contains(&rect.fill));
        assert!(!brush.shapes.iter().any(is_live));
    };
    assert_eq!(said(240.0, was), ["was NOT COVERED  10:00–12:00", "was 9/9"]);
}

#[test]
fn a_ring_around_a_part_of_a_block_cuts_no_name() {
    let rect = cell(400.0);
    let around = |from: f32, to: f32| Rect::from_x_y_ranges(rect.left() + from..=rect.left() + to, rect.y_range());
    let places = |ring: Rect| {
        let mut words = Vec::new();
        in_window(|painter| {
            let mut brush = CellBrush::new(painter, Tokens::of(Palette::Light), Pos2::ZERO);
            brush.block(rect, &BlockLook { ringed: Some(ring), ..GRANT });
            let texts = brush.shapes.iter().filter_map(|shape| match shape {
                Shape::Text(text) => Some((text.galley.text().to_owned(), text.visual_bounding_rect())),
                _ => None,
            });
            words = texts.collect();
        });
        words
    };
    for ring in [around(0.0, 60.0), around(30.0, 60.0), around(0.0, 25.0), around(340.0, 380.0), around(0.0, 400.0)] {
        let words = places(ring);
        assert!(words.iter().any(|(text, _)| text == "HG") && words.iter().any(|(text, _)| text == "Grant"));
        for (text, at) in words.iter().filter(|(text, _)| text != "asked") {
            let cuts = |x: f32| x > at.left() && x < at.right();
            assert!(!cuts(ring.left()) && !cuts(ring.right()), "{text} at {at:?} is cut by {ring:?}");
        }
    }
}

#[test]
fn in_high_contrast_what_is_agreed_has_the_palest_edge() {
    in_window(|painter| {
        let t = Tokens::of(Palette::HighContrast);
        let mut brush = CellBrush::new(painter, t, Pos2::ZERO);
        brush.block(cell(200.0), &BlockLook::new(Status::Agreed, "HG", "Grant"));
        let strokes = brush.shapes.iter().filter_map(|shape| match shape {
            Shape::Rect(rect) if rect.stroke.width > 0.0 => Some(rect.stroke.color),
            _ => None,
        });
        assert_eq!(strokes.collect::<Vec<_>>(), [t.line]);
        brush.shapes.clear();
    });
}

#[test]
fn numbers_of_changes_stay_in_sight_and_apart() {
    let sight = Rect::from_min_max(pos2(100.0, 40.0), pos2(500.0, 200.0));
    let row = |left: f32, right: f32, top: f32| Rect::from_min_max(pos2(left, top), pos2(right, top + 20.0));
    let all = [
        (row(60.0, 106.0, 60.0), 7),
        (row(106.0, 120.0, 60.0), 12),
        (row(120.0, 560.0, 60.0), 13),
        (row(120.0, 300.0, 30.0), 25),
        (row(60.0, 103.0, 100.0), 17),
    ];
    in_window(|painter| {
        let mut brush = CellBrush::new(painter, Tokens::of(Palette::Light), Pos2::ZERO);
        brush.plan_numbers(sight, &all);
        let discs: Vec<Rect> = brush
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Rect(rect) if rect.fill == Tokens::of(Palette::Light).plan => Some(rect.rect),
                _ => None,
            })
            .collect();
        assert_eq!(discs.len(), 4, "of what is nearly out of sight the number is too");
        for (at, disc) in discs.iter().enumerate() {
            assert!(sight.contains_rect(*disc), "{disc:?}");
            assert!(!discs[..at].iter().any(|other| other.intersects(*disc)), "{discs:?}");
        }
        brush.shapes.clear();
    });
}
