//! Verdict pills and plates: the only things in strong colours.

use egui::{Color32, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{layout, put};
use crate::checker::Verdict;
use crate::ui::marks::{Ink, Mark};
use crate::ui::theme::{self, Tokens, Type, sizes};

/// The colours and the mark of a verdict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PillLook {
    pub fill: Color32,
    pub text: Color32,
    pub edge: Stroke,
    pub mark: Mark,
    pub ink: Ink,
}

impl PillLook {
    /// How a verdict looks; none is one that is not current, which is never in colour.
    pub fn of(verdict: Option<Verdict>, t: &Tokens) -> Self {
        let mark = verdict.map_or(Mark::NotCurrent, Mark::of_verdict);
        let plate = |fill, text, edge| Self {
            fill,
            text,
            edge: Stroke { width: 1.0, color: edge },
            mark,
            ink: Mark::ink_on(fill, text),
        };
        match verdict {
            Some(Verdict::Covered) => Self { ink: mark.ink(t), ..plate(t.ok_soft, t.ok_text, t.ok_plate) },
            Some(Verdict::IfAgreed) => plate(t.amber_plate, t.on_amber, t.wait_edge),
            Some(Verdict::Errors) => Self {
                edge: Stroke { width: 2.0, color: t.gap_plate },
                ink: mark.ink(t),
                ..plate(t.surface, t.gap_text, t.gap_plate)
            },
            Some(Verdict::NoNormalStaffing) => plate(t.none_plate, t.on_none, t.none_plate),
            Some(Verdict::Short) => plate(t.gap_plate, t.on_gap, t.gap_plate),
            Some(Verdict::Closed) | None => plate(t.chrome, t.text2, t.ctl),
        }
    }
}

/// Height of a pill.
const HEIGHT: f32 = 24.0;
/// Size of the mark in a pill.
const MARK: f32 = 14.0;

/// A unit's verdict as a pill, such as `SHORT 4 h`; without a verdict one that is not current, such as `was COVERED`.
pub fn verdict_pill(ui: &mut Ui, verdict: Option<Verdict>, text: &str) -> Response {
    let look = PillLook::of(verdict, theme::tokens(ui));
    let role = if verdict.is_some() { Type::Pill } else { Type::Strong };
    let words = layout(ui, text, role, look.text);
    let size = vec2(8.0 + MARK + 6.0 + words.size().x + 10.0, HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if ui.is_rect_visible(rect) {
        ui.painter().rect(rect, sizes::CORNER, look.fill, look.edge, StrokeKind::Inside);
        let middle = rect.center().y;
        look.mark.paint_with(ui.painter(), pos2(rect.left() + 8.0 + 0.5 * MARK, middle), MARK, look.ink);
        put(ui, words, rect.left() + 8.0 + MARK + 6.0, middle);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Palette;

    #[test]
    fn only_a_current_verdict_is_in_colour() {
        for palette in [Palette::Light, Palette::Dark, Palette::HighContrast] {
            let t = Tokens::of(palette);
            let look = PillLook::of(None, t);
            assert_eq!((look.fill, look.text, look.mark), (t.chrome, t.text2, Mark::NotCurrent));
            let strong = [Verdict::Short, Verdict::IfAgreed].map(|verdict| PillLook::of(Some(verdict), t).fill);
            assert_eq!(strong, [t.gap_plate, t.amber_plate]);
        }
    }
}
