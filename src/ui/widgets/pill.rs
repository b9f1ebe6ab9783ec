//! Verdict pills and plates: the only things in strong colours.

use egui::{Color32, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{layout, put};
use crate::ui::marks::{Ink, Mark};
use crate::ui::theme::{self, Tokens, Type, sizes};

/// What a pill says, from best to worst, and the two grey ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PillKind {
    Covered,
    ToAgree,
    Errors,
    /// NO NORMAL STAFFING.
    NoNormal,
    /// SHORT 4 h.
    Short,
    /// was SHORT 4 h: the copy is not current.
    Was,
    /// CLOSED: the unit does not open.
    Closed,
}

/// The colours and the mark of a kind of pill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PillLook {
    /// Ground.
    pub fill: Color32,
    /// Words.
    pub text: Color32,
    pub edge: Stroke,
    /// Shape before the words.
    pub mark: Mark,
    /// Its colours.
    pub ink: Ink,
}

impl PillKind {
    /// Whether it is in colour, which only a current verdict is.
    pub const fn is_current(self) -> bool {
        !matches!(self, Self::Was)
    }

    /// How it looks.
    pub fn look(self, t: &Tokens) -> PillLook {
        let plate = |fill, text, edge, mark| PillLook {
            fill,
            text,
            edge: Stroke { width: 1.0, color: edge },
            mark,
            ink: Mark::ink_on(fill, text),
        };
        match self {
            Self::Covered => {
                PillLook { ink: Mark::Covered.ink(t), ..plate(t.ok_soft, t.ok_text, t.ok_plate, Mark::Covered) }
            }
            Self::ToAgree => plate(t.amber_plate, t.on_amber, t.wait_edge, Mark::Waiting),
            Self::Errors => PillLook {
                edge: Stroke { width: 2.0, color: t.gap_plate },
                ink: Mark::Error.ink(t),
                ..plate(t.surface, t.gap_text, t.gap_plate, Mark::Error)
            },
            Self::NoNormal => plate(t.none_plate, t.on_none, t.none_plate, Mark::Nothing),
            Self::Short => plate(t.gap_plate, t.on_gap, t.gap_plate, Mark::Short),
            Self::Was => plate(t.chrome, t.text2, t.ctl, Mark::NotCurrent),
            Self::Closed => plate(t.chrome, t.text2, t.ctl, Mark::Declined),
        }
    }
}

/// Height of a pill.
const HEIGHT: f32 = 24.0;
/// Size of the mark in a pill.
const MARK: f32 = 14.0;

/// A unit's verdict as a pill, such as `SHORT 4 h` or `was COVERED`.
pub fn verdict_pill(ui: &mut Ui, kind: PillKind, text: &str) -> Response {
    let look = kind.look(theme::tokens(ui));
    let role = if kind.is_current() { Type::Pill } else { Type::Strong };
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
            let look = PillKind::Was.look(t);
            assert_eq!((look.fill, look.text, look.mark), (t.chrome, t.text2, Mark::NotCurrent));
            let strong = [PillKind::Short, PillKind::ToAgree].map(|kind| kind.look(t).fill);
            assert_eq!(strong, [t.gap_plate, t.amber_plate]);
        }
    }
}
