//! The marks that say a status by shape as well as by colour. Drawn with shapes, never as letters of a font.

use egui::epaint::{CircleShape, PathShape, PathStroke};
use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::theme::Tokens;
use crate::checker::Severity;
use crate::checker::Verdict;
use crate::model::Status;

/// What a mark can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Square ✕: short of a normal day.
    Short,
    /// Diamond !: a broken rule.
    Error,
    /// Half disc: asked, or covered only if somebody agrees.
    Waiting,
    /// Green disc ✓: covered.
    Covered,
    /// Blue disc ✓: agreed.
    Agreed,
    /// Ring: not asked yet.
    NotAsked,
    /// Struck ring: declined.
    Declined,
    /// Triangle !: a warning.
    Warning,
    /// Ring i: a note.
    Note,
    /// Dashed ring ?: nothing to compare with.
    Nothing,
    /// Ring with hands: not current.
    NotCurrent,
}

/// The colours of a mark: its body, and the sign on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    /// Fill, or line where the mark is a ring.
    pub body: Color32,
    /// ✕, !, ✓ on a filled body.
    pub sign: Color32,
    /// Outline of the triangle.
    pub edge: Color32,
}

impl Ink {
    const fn new(body: Color32, sign: Color32) -> Self {
        Self { body, sign, edge: body }
    }
}

/// Line width of rings and signs, as part of the size: 1.5 at 12.
const LINE: f32 = 0.125;

impl Mark {
    /// All marks.
    pub const ALL: [Self; 11] = [
        Self::Short,
        Self::Error,
        Self::Waiting,
        Self::Covered,
        Self::Agreed,
        Self::NotAsked,
        Self::Declined,
        Self::Warning,
        Self::Note,
        Self::Nothing,
        Self::NotCurrent,
    ];

    pub const fn of_status(status: Status) -> Self {
        match status {
            Status::Proposed => Self::NotAsked,
            Status::Asked => Self::Waiting,
            Status::Agreed => Self::Agreed,
            Status::Declined => Self::Declined,
        }
    }

    pub const fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Note,
        }
    }

    pub const fn of_verdict(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Closed => Self::Declined,
            Verdict::Covered => Self::Covered,
            Verdict::IfAgreed => Self::Waiting,
            Verdict::Errors => Self::Error,
            Verdict::NoNormalStaffing => Self::Nothing,
            Verdict::Short => Self::Short,
        }
    }

    /// The mark of the worst that is said of something; a note has none.
    pub fn of_problem(worst: Option<Severity>) -> Option<Self> {
        worst.filter(|worst| *worst != Severity::Info).map(Self::of_severity)
    }

    /// The word that goes with it where only the mark is shown.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Error => "error",
            Self::Waiting => "to agree",
            Self::Covered => "covered",
            Self::Agreed => "agreed",
            Self::NotAsked => "not asked",
            Self::Declined => "declined",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Nothing => "nothing to compare with",
            Self::NotCurrent => "not current",
        }
    }

    /// The colours of the mark on a surface.
    pub const fn ink(self, t: &Tokens) -> Ink {
        match self {
            Self::Short | Self::Error => Ink::new(t.gap_plate, t.on_gap),
            Self::Waiting | Self::NotAsked => Ink::new(t.wait_edge, t.wait_edge),
            Self::Covered => Ink::new(t.ok_plate, t.on_ok),
            Self::Agreed => Ink::new(t.agreed_bar, t.on_accent),
            Self::Declined => Ink::new(t.ghost, t.ghost),
            Self::Warning => Ink { body: t.amber_plate, sign: t.on_amber, edge: t.wait_edge },
            Self::Note | Self::NotCurrent => Ink::new(t.text2, t.text2),
            Self::Nothing => Ink::new(t.none_plate, t.none_plate),
        }
    }

    /// The colours of a mark on a plate in `ground` with text in `text`.
    pub const fn ink_on(ground: Color32, text: Color32) -> Ink {
        Ink::new(text, ground)
    }

    /// Paints it around `center`, `size` points across.
    pub fn paint(self, painter: &Painter, center: Pos2, size: f32, tokens: &Tokens) {
        self.paint_with(painter, center, size, self.ink(tokens));
    }

    /// Paints the mark in other colours.
    pub fn paint_with(self, painter: &Painter, center: Pos2, size: f32, ink: Ink) {
        let mut shapes = Vec::with_capacity(4);
        self.add(center, size, ink, &mut shapes);
        painter.extend(shapes);
    }

    /// Adds its shapes to others, for those who paint many.
    pub fn add(self, center: Pos2, size: f32, ink: Ink, out: &mut Vec<Shape>) {
        let mut pen = Pen { center, size, out };
        match self {
            Self::Short => pen.cross_in_square(ink),
            Self::Error => pen.diamond(ink),
            Self::Waiting => pen.half_disc(ink),
            Self::Covered | Self::Agreed => pen.ticked_disc(ink),
            Self::NotAsked => pen.ring(ink),
            Self::Declined => {
                pen.ring(ink);
                pen.line(&[(-0.28, 0.28), (0.28, -0.28)], ink.body);
            }
            Self::Warning => pen.triangle(ink),
            Self::Note => {
                pen.ring(ink);
                pen.dot(-0.21, ink.body);
                pen.line(&[(0.0, -0.04), (0.0, 0.25)], ink.body);
            }
            Self::Nothing => pen.question(ink),
            Self::NotCurrent => {
                pen.ring(ink);
                pen.line(&[(0.0, -0.27), (0.0, 0.03), (0.2, 0.12)], ink.body);
            }
        }
    }
}

/// Draws in parts of the mark's size around its centre.
struct Pen<'a> {
    center: Pos2,
    size: f32,
    out: &'a mut Vec<Shape>,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> Pos2 {
        self.center + vec2(x, y) * self.size
    }

    fn stroke(&self, colour: Color32) -> Stroke {
        Stroke::new(LINE * self.size, colour)
    }

    fn line(&mut self, points: &[(f32, f32)], colour: Color32) {
        let points = points.iter().map(|&(x, y)| self.at(x, y)).collect();
        let stroke = self.stroke(colour);
        self.out.push(Shape::line(points, stroke));
    }

    fn dot(&mut self, y: f32, colour: Color32) {
        let at = self.at(0.0, y);
        self.out.push(Shape::circle_filled(at, 0.085 * self.size, colour));
    }

    fn ring(&mut self, ink: Ink) {
        let stroke = self.stroke(ink.body);
        let radius = 0.5 * self.size - 0.5 * stroke.width - 0.5;
        self.out.push(Shape::Circle(CircleShape::stroke(self.center, radius, stroke)));
    }

    fn ticked_disc(&mut self, ink: Ink) {
        self.out.push(Shape::circle_filled(self.center, 0.5 * self.size, ink.body));
        self.line(&[(-0.25, 0.02), (-0.07, 0.2), (0.25, -0.17)], ink.sign);
    }

    fn half_disc(&mut self, ink: Ink) {
        self.ring(ink);
        let radius = 0.5 * self.size - 0.5;
        let quarter = std::f32::consts::FRAC_PI_2;
        let arc = (0..=8).map(|step| {
            let angle = quarter + 2.0 * quarter * step as f32 / 8.0;
            self.center + radius * Vec2::angled(angle)
        });
        self.out.push(Shape::convex_polygon(arc.collect(), ink.body, Stroke::NONE));
    }

    fn cross_in_square(&mut self, ink: Ink) {
        let rect = Rect::from_center_size(self.center, Vec2::splat(self.size));
        self.out.push(Shape::rect_filled(rect, CornerRadius::same(2), ink.body));
        self.line(&[(-0.22, -0.22), (0.22, 0.22)], ink.sign);
        self.line(&[(-0.22, 0.22), (0.22, -0.22)], ink.sign);
    }

    fn diamond(&mut self, ink: Ink) {
        let points = [(0.0, -0.55), (0.55, 0.0), (0.0, 0.55), (-0.55, 0.0)];
        let points = points.iter().map(|&(x, y)| self.at(x, y)).collect();
        self.out.push(Shape::convex_polygon(points, ink.body, Stroke::NONE));
        self.line(&[(0.0, -0.28), (0.0, 0.07)], ink.sign);
        self.dot(0.24, ink.sign);
    }

    fn triangle(&mut self, ink: Ink) {
        let points = [(0.0, -0.47), (0.5, 0.41), (-0.5, 0.41)];
        let points = points.iter().map(|&(x, y)| self.at(x, y)).collect();
        self.out.push(Shape::Path(PathShape {
            points,
            closed: true,
            fill: ink.body,
            stroke: PathStroke::new(1.0, ink.edge),
        }));
        self.line(&[(0.0, -0.16), (0.0, 0.1)], ink.sign);
        self.dot(0.25, ink.sign);
    }

    /// Eight short dashes for the ring, and the sign as a bent line over a dot.
    fn question(&mut self, ink: Ink) {
        let stroke = self.stroke(ink.body);
        let radius = 0.5 * self.size - 0.5 * stroke.width;
        for dash in 0..8 {
            let angle = std::f32::consts::TAU * dash as f32 / 8.0;
            let ends = [angle - 0.22, angle + 0.22].map(|a| self.center + radius * Vec2::angled(a));
            self.out.push(Shape::line_segment(ends, stroke));
        }
        let thin = Stroke::new(0.1 * self.size, ink.body);
        let bend =
            [(-0.15, -0.12), (-0.09, -0.22), (0.04, -0.24), (0.14, -0.15), (0.1, -0.03), (0.0, 0.03), (0.0, 0.1)];
        let bend = bend.iter().map(|&(x, y)| self.at(x, y)).collect();
        self.out.push(Shape::line(bend, thin));
        let at = self.at(0.0, 0.25);
        self.out.push(Shape::circle_filled(at, 0.07 * self.size, ink.body));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Palette;

    #[test]
    fn every_mark_stays_in_its_square_and_takes_few_shapes() {
        let tokens = Tokens::of(Palette::Light);
        for mark in Mark::ALL {
            let mut shapes = Vec::new();
            mark.add(Pos2::ZERO, 12.0, mark.ink(tokens), &mut shapes);
            assert!((1..=10).contains(&shapes.len()), "{mark:?}: {} shapes", shapes.len());
            let room = Rect::from_center_size(Pos2::ZERO, Vec2::splat(12.0 * 1.12 + 1.0));
            for shape in &shapes {
                assert!(room.contains_rect(shape.visual_bounding_rect()), "{mark:?}: {shape:?}");
            }
        }
    }

    #[test]
    fn marks_differ_without_colour() {
        let grey = Ink::new(Color32::GRAY, Color32::WHITE);
        let drawn = |mark: Mark| {
            let mut shapes = Vec::new();
            mark.add(Pos2::ZERO, 12.0, grey, &mut shapes);
            format!("{shapes:?}")
        };
        for (i, a) in Mark::ALL.iter().enumerate() {
            for b in &Mark::ALL[i + 1..] {
                let both_ticks = matches!((a, b), (Mark::Covered, Mark::Agreed));
                assert!(both_ticks || drawn(*a) != drawn(*b), "{a:?} and {b:?} are told apart by colour alone");
            }
        }
    }
}
