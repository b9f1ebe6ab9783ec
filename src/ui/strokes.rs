//! Lines that egui does not draw by itself: hatching, dashed edges, the double ring. Each is one or two shapes.

use egui::epaint::{Mesh, StrokeKind, Vertex, WHITE_UV};
use egui::{Color32, CornerRadius, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use super::theme::Tokens;

/// Lines at 45°, rising to the right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hatch {
    /// A point a line goes through, so that neighbours match.
    pub origin: Pos2,
    /// From one line to the next, measured along the horizontal.
    pub spacing: f32,
    pub width: f32,
    pub colour: Color32,
}

impl Hatch {
    /// The lines inside `rect`, cut off exactly at its edges, as one shape. `pixel` is the size of one in points.
    pub fn shape(&self, rect: Rect, pixel: f32) -> Shape {
        let mut mesh = Mesh::default();
        if rect.is_positive() && rect.is_finite() && self.spacing >= 1.0 {
            self.add_lines(&mut mesh, rect, pixel);
        }
        Shape::mesh(mesh)
    }

    /// A line is the band of points whose x + y is near a number; outside its core it fades over one pixel.
    fn add_lines(&self, mesh: &mut Mesh, rect: Rect, pixel: f32) {
        let half = self.width * std::f32::consts::FRAC_1_SQRT_2;
        let fade = pixel * std::f32::consts::FRAC_1_SQRT_2;
        let (core, reach) = ((half - fade).max(0.0), half + fade);
        let origin = self.origin.x + self.origin.y;
        let first = ((rect.left() + rect.top() - reach - origin) / self.spacing).ceil() as i32;
        let last = ((rect.right() + rect.bottom() + reach - origin) / self.spacing).floor() as i32;
        for line in first..=last {
            let middle = origin + line as f32 * self.spacing;
            self.add_band(mesh, rect, (middle - reach, 0.0), (middle - core, 1.0));
            self.add_band(mesh, rect, (middle - core, 1.0), (middle + core, 1.0));
            self.add_band(mesh, rect, (middle + core, 1.0), (middle + reach, 0.0));
        }
    }

    /// The part of `rect` where x + y lies between two numbers, each with the opacity there.
    fn add_band(&self, mesh: &mut Mesh, rect: Rect, from: (f32, f32), to: (f32, f32)) {
        let low = from.0.max(rect.left() + rect.top());
        let high = to.0.min(rect.right() + rect.bottom());
        if high <= low {
            return;
        }
        let colour = |sum: f32| {
            let opacity = egui::remap(sum, from.0..=to.0, from.1..=to.1);
            self.colour.gamma_multiply(opacity.clamp(0.0, 1.0))
        };
        let lower_left = |sum: f32| pos2(rect.left().max(sum - rect.bottom()), rect.bottom().min(sum - rect.left()));
        let upper_right = |sum: f32| pos2(rect.right().min(sum - rect.top()), rect.top().max(sum - rect.right()));
        let start = mesh.vertices.len() as u32;
        let mut corner = |pos: Pos2, sum: f32| mesh.vertices.push(Vertex { pos, uv: WHITE_UV, color: colour(sum) });
        corner(upper_right(low), low);
        corner(lower_left(low), low);
        let (bottom_left, top_right) = (rect.left() + rect.bottom(), rect.right() + rect.top());
        if low < bottom_left && bottom_left < high {
            corner(rect.left_bottom(), bottom_left);
        }
        corner(lower_left(high), high);
        corner(upper_right(high), high);
        if low < top_right && top_right < high {
            corner(rect.right_top(), top_right);
        }
        let end = mesh.vertices.len() as u32;
        for third in start + 2..end {
            mesh.add_triangle(start, third - 1, third);
        }
    }
}

/// How long a dash and the space after it are, near enough: they are stretched so that every side begins and ends
/// with a dash.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dashes {
    /// Length of a dash.
    pub on: f32,
    /// Length of a space.
    pub off: f32,
    /// Width and colour.
    pub stroke: Stroke,
}

impl Dashes {
    /// The four sides of `rect`, dashed, inside it, as one shape. `pixel` is the size of one in points.
    pub fn shape(&self, rect: Rect, pixel: f32) -> Shape {
        let mut mesh = Mesh::default();
        let snap = |v: f32| (v / pixel).round() * pixel;
        let rect = Rect::from_min_max(
            pos2(snap(rect.left()), snap(rect.top())),
            pos2(snap(rect.right()), snap(rect.bottom())),
        );
        let (across, down) = (vec2(1.0, 0.0), vec2(0.0, 1.0));
        if rect.is_positive() && rect.is_finite() {
            self.add_side(&mut mesh, pixel, (rect.left_top(), across, rect.width()), down);
            self.add_side(&mut mesh, pixel, (rect.left_bottom(), across, rect.width()), -down);
            self.add_side(&mut mesh, pixel, (rect.left_top(), down, rect.height()), across);
            self.add_side(&mut mesh, pixel, (rect.right_top(), down, rect.height()), -across);
        }
        Shape::mesh(mesh)
    }

    fn add_side(&self, mesh: &mut Mesh, pixel: f32, (start, along, length): (Pos2, Vec2, f32), inwards: Vec2) {
        let dashes = ((length + self.off) / (self.on + self.off)).round().max(1.0);
        let pitch = if dashes > 1.0 { (length - self.on) / (dashes - 1.0) } else { length };
        // What is not a whole number of pixels wide has a paler line inside.
        let solid = (self.stroke.width / pixel).floor() * pixel;
        let rest = (self.stroke.width - solid) / pixel;
        let snap = |v: f32| (v / pixel).round() * pixel;
        for dash in 0..dashes as u32 {
            let from = snap(dash as f32 * pitch);
            let to = snap(dash as f32 * pitch + self.on).min(length);
            let mut add = |depth: f32, width: f32, colour: Color32| {
                let a = start + along * from + inwards * depth;
                let b = start + along * to + inwards * (depth + width);
                mesh.add_colored_rect(Rect::from_two_pos(a, b), colour);
            };
            if solid > 0.0 {
                add(0.0, solid, self.stroke.color);
            }
            if rest > 0.05 {
                add(solid, pixel, self.stroke.color.gamma_multiply(rest));
            }
        }
    }
}

/// The ring around what has the focus: two lines, so that it shows on any ground.
pub fn double_ring(rect: Rect, tokens: &Tokens) -> [Shape; 2] {
    [edge(rect.expand(1.0), 3, 2.0, tokens.focus_edge), edge(rect.expand(3.0), 5, 2.0, tokens.focus)]
}

/// A line along the inside of `rect`.
pub fn edge(rect: Rect, corner: u8, width: f32, colour: Color32) -> Shape {
    Shape::rect_stroke(rect, CornerRadius::same(corner), Stroke::new(width, colour), StrokeKind::Inside)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const HATCH: Hatch =
        Hatch { origin: Pos2::ZERO, spacing: 8.0, width: 1.5, colour: Color32::from_rgb(0xD8, 0x5C, 0x52) };

    fn mesh(shape: Shape) -> Mesh {
        let Shape::Mesh(mesh) = shape else { panic!("not a mesh") };
        (*mesh).clone()
    }

    /// What is painted, in square points, each triangle weighted with its mean opacity.
    fn ink(mesh: &Mesh) -> f32 {
        let of = |triangle: [u32; 3]| {
            let [a, b, c] = triangle.map(|i| mesh.vertices[i as usize]);
            let area = ((b.pos - a.pos).x * (c.pos - a.pos).y - (b.pos - a.pos).y * (c.pos - a.pos).x).abs() / 2.0;
            area * (f32::from(a.color.a()) + f32::from(b.color.a()) + f32::from(c.color.a())) / (3.0 * 255.0)
        };
        mesh.triangles().map(of).sum()
    }

    #[test]
    fn a_hatch_stays_inside_and_covers_its_share() {
        let rect = Rect::from_min_size(pos2(3.5, 7.25), vec2(160.0, 20.0));
        let mesh = mesh(HATCH.shape(rect, 1.0));
        assert!(mesh.is_valid());
        assert!(rect.expand(0.01).contains_rect(mesh.calc_bounds()));
        let share = ink(&mesh) / rect.area();
        let expected = 1.5 * std::f32::consts::SQRT_2 / 8.0;
        assert!((share - expected).abs() < 0.02, "{share} instead of {expected}");
    }

    #[test]
    fn neighbouring_hatches_make_one() {
        let whole = Rect::from_min_size(pos2(10.0, 10.0), vec2(100.0, 20.0));
        let (left, right) = whole.split_left_right_at_x(47.0);
        let heights = |rect: Rect| {
            let mesh = mesh(HATCH.shape(rect, 1.0));
            let at_the_seam = mesh.vertices.iter().map(|v| v.pos).filter(|pos| (pos.x - 47.0).abs() < 0.001);
            let inside = at_the_seam.filter(|pos| pos.y > rect.top() && pos.y < rect.bottom());
            inside.map(|pos| (pos.y * 100.0).round() as i32).collect::<BTreeSet<_>>()
        };
        assert!(!heights(left).is_empty());
        assert_eq!(heights(left), heights(right));
    }

    #[test]
    fn nothing_is_drawn_in_no_space() {
        for rect in [Rect::NOTHING, Rect::EVERYTHING, Rect::from_min_size(pos2(1.0, 1.0), Vec2::ZERO)] {
            assert!(mesh(HATCH.shape(rect, 1.0)).is_empty());
        }
    }

    #[test]
    fn every_side_begins_and_ends_with_a_dash() {
        let dashes = Dashes { on: 5.0, off: 3.0, stroke: Stroke::new(2.0, Color32::BLACK) };
        let rect = Rect::from_min_size(pos2(10.0, 10.0), vec2(136.0, 21.0));
        let mesh = mesh(dashes.shape(rect, 1.0));
        assert_eq!(mesh.calc_bounds(), rect);
        for corner in [rect.left_top(), rect.right_top(), rect.left_bottom(), rect.right_bottom()] {
            assert!(mesh.vertices.iter().any(|vertex| vertex.pos == corner), "{corner:?} is bare");
        }
    }
}
