//! Time nobody covers, and the line under a unit that adds up who is there.

use std::sync::Arc;

use egui::{Galley, Rect, Shape, Stroke, pos2, vec2};

use super::{CellBrush, MARK, PROBLEM_MARK};
use crate::ui::marks::Mark;
use crate::ui::strokes::Hatch;
use crate::ui::theme::{Type, sizes};

/// Time that a normal day covers and nobody does.
#[derive(Clone, Copy, Debug, Default)]
pub struct GapLook<'a> {
    /// Such as `10:00–12:00`; shown from 184 points of width.
    pub times: &'a str,
    /// Who declined in it, by time.
    pub declined: &'a [RefusalLook],
    /// False for the lanes of a post that share one plate.
    pub plate: bool,
    /// What is ringed of it: a ring around a part of the gap must not cut the plate.
    pub ringed: Option<Rect>,
}

/// Those who declined one stretch of a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusalLook {
    /// Such as `IM` or `IM, PD`.
    pub initials: String,
    /// Such as `20:00–08:00`; empty where it is all of the gap.
    pub times: String,
    /// Where that time is.
    pub rect: Rect,
}

/// One stretch of a unit's have/need row, within which nothing changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HaveNeedLook {
    /// Doctors who agreed and count.
    pub agreed: u32,
    /// Asked or proposed who would count.
    pub waiting: u32,
    /// Doctors on a normal day.
    pub need: u32,
    /// How many are short even if all agree, at any grade.
    pub short: u32,
    /// How many are short of those who agreed, at any grade: seniors may be missing although doctors are enough.
    pub short_now: u32,
}

impl HaveNeedLook {
    /// `9/9`, or `8+1/9` while somebody has not agreed.
    pub fn figures(&self) -> String {
        if self.waiting > 0 {
            format!("{}+{}/{}", self.agreed, self.waiting, self.need)
        } else {
            format!("{}/{}", self.agreed, self.need)
        }
    }

    /// What stands where the figures have no room: `−1` short whatever they answer, `+2` to agree; nothing if the need is
    /// met.
    pub fn brief(&self) -> String {
        match self.mark() {
            Some(Mark::Short) => format!("−{}", self.short),
            Some(_) if self.waiting > 0 => format!("+{}", self.waiting),
            _ => String::new(),
        }
    }

    /// What the cell is marked with; nothing if the need is met.
    pub const fn mark(&self) -> Option<Mark> {
        if self.short > 0 {
            Some(Mark::Short)
        } else if self.agreed < self.need || self.short_now > 0 {
            Some(Mark::Waiting)
        } else {
            None
        }
    }
}

/// After a need that nobody has agreed.
pub const NOT_AGREED: &str = "?";
/// From this width a gap has the square ✕.
const CROSS_FROM: f32 = 18.0;
/// From this width a gap says SHORT.
const SHORT_FROM: f32 = 54.0;
/// From this width a gap says NOT COVERED.
const NOT_COVERED_FROM: f32 = 110.0;
/// From this width a gap also says when.
const TIMES_FROM: f32 = 184.0;

/// The wider part of a gap beside what is ringed in it; all of it where nothing or all is ringed, or neither part is wide
/// enough for a word.
fn beside(gap: Rect, ringed: Option<Rect>) -> Rect {
    let Some(ring) = ringed.filter(|ring| ring.left() > gap.left() + 1.0 || ring.right() < gap.right() - 1.0) else {
        return gap;
    };
    let left = gap.with_max_x(ring.left().clamp(gap.left(), gap.right()) - 3.0);
    let right = gap.with_min_x(ring.right().clamp(gap.left(), gap.right()) + 3.0);
    let wider = if left.width() > right.width() { left } else { right };
    if wider.width() >= SHORT_FROM { wider } else { gap }
}

/// The widest part of a gap beside what stands in it.
fn widest_free(gap: Rect, frames: &[Rect]) -> Rect {
    let mut left = gap.left();
    let mut widest = Rect::NOTHING;
    let ends = frames.iter().map(|frame| (frame.left() - 4.0, frame.right() + 4.0));
    for (from, to) in ends.chain([(gap.right(), gap.right())]) {
        let part = gap.with_min_x(left).with_max_x(from.max(left));
        if widest.is_negative() || part.width() > widest.width() {
            widest = part;
        }
        left = to.clamp(left, gap.right());
    }
    widest
}

impl CellBrush<'_> {
    /// Time nobody covers: hatched all over, with a plate that says so and, where their times are, who declined.
    pub fn gap(&mut self, rect: Rect, look: &GapLook<'_>) {
        let t = self.tokens;
        let (fill, colour) = if self.current { (t.gap_fill, t.gap_hatch) } else { (t.chrome, t.line2) };
        self.rect(rect, 0, fill, Stroke::NONE);
        let hatch = Hatch { origin: self.origin, spacing: 8.0, width: t.gap_hatch_width(), colour };
        self.shapes.push(hatch.shape(rect, self.pixel));
        let mut frames: Vec<Rect> = Vec::new();
        for refusal in look.declined {
            let from = frames.last().map_or(rect.left(), Rect::right) + 4.0;
            frames.extend(self.declined(rect, from, refusal));
        }
        if look.plate {
            self.gap_plate(beside(widest_free(rect, &frames), look.ringed), look.times);
        }
    }

    fn gap_plate(&mut self, rect: Rect, times: &str) {
        let t = self.tokens;
        if rect.width() < CROSS_FROM {
            return;
        }
        if rect.width() < SHORT_FROM {
            let size = PROBLEM_MARK.min(rect.width() - 2.0);
            let mark = if self.current { Mark::Short } else { Mark::NotCurrent };
            mark.add(rect.center(), size, mark.ink(t), &mut self.shapes);
            return;
        }
        let was = if self.current { "" } else { "was " };
        let not_covered = (rect.width() >= NOT_COVERED_FROM).then(|| format!("{was}NOT COVERED"));
        let with_times = not_covered.as_ref().filter(|_| rect.width() >= TIMES_FROM && !times.is_empty());
        let with_times = with_times.map(|words| format!("{words}  {times}"));
        let (fill, ink, edge) = if self.current {
            (t.gap_plate, t.on_gap, Stroke::NONE)
        } else {
            (t.surface, t.text2, Stroke::new(1.0, t.ctl))
        };
        for words in [with_times, not_covered, Some(format!("{was}SHORT"))].into_iter().flatten() {
            let words = self.layout(&words, Type::Plate, ink);
            let width = words.size().x + 10.0;
            if width <= rect.width() - 2.0 {
                let plate = Rect::from_center_size(rect.center(), vec2(width, (rect.height() - 4.0).min(20.0)));
                self.rect(plate, sizes::PLATE_CORNER as u8, fill, edge);
                self.put_centred(words, plate.center());
                return;
            }
        }
    }

    /// A box with struck initials and "declined", with the times where that is not all of the gap; without the words, or
    /// nothing, where there is no room for it. It ends where the time does, and begins there where that is narrower; but
    /// not before `from`.
    fn declined(&mut self, gap: Rect, from: f32, refusal: &RefusalLook) -> Option<Rect> {
        let t = self.tokens;
        let time = refusal.rect.intersect(gap);
        let initials = self.layout(&refusal.initials, Type::Small, t.ghost);
        let word = format!("declined {}", refusal.times);
        let mut word = Some(self.layout(word.trim_end(), Type::Small, t.ghost));
        let width = |word: &Option<Arc<Galley>>| {
            5.0 + MARK + 4.0 + initials.size().x + word.as_ref().map_or(0.0, |word| 4.0 + word.size().x) + 5.0
        };
        if gap.width() - width(&word) - 8.0 < SHORT_FROM {
            word = None;
        }
        let width = width(&word);
        if gap.width() - width - 8.0 < CROSS_FROM {
            return None;
        }
        let size = vec2(width, (gap.height() - 4.0).min(20.0));
        let left = (time.right() - 4.0 - width).max(time.left() + 4.0).min(gap.right() - 4.0 - width).max(from);
        if left + width > gap.right() {
            return None;
        }
        let frame = Rect::from_center_size(pos2(left + 0.5 * width, gap.center().y), size);
        self.rect(frame, sizes::PLATE_CORNER as u8, t.surface, Stroke::new(1.0, t.ghost));
        let middle = frame.center().y;
        let mark_at = pos2(frame.left() + 5.0 + 0.5 * MARK, middle);
        Mark::Declined.add(mark_at, MARK, Mark::Declined.ink(t), &mut self.shapes);
        let start = frame.left() + 5.0 + MARK + 4.0;
        let end = self.put(initials, start, middle);
        self.shapes.push(Shape::hline(start..=end, middle + 0.5, Stroke::new(1.0, t.ghost)));
        if let Some(word) = word {
            self.put(word, end + 4.0, middle);
        }
        Some(frame)
    }

    /// What stands after a need: that nobody has agreed it.
    pub(super) const fn need_end(&self) -> &'static str {
        if self.agreed_need { "" } else { NOT_AGREED }
    }

    /// One stretch of the have/need row.
    pub fn have_need(&mut self, rect: Rect, look: &HaveNeedLook) {
        let t = self.tokens;
        let short = if look.short > 0 { format!("{} short", look.short) } else { String::new() };
        // A need that nobody has agreed is not met, only reached.
        let met = if self.agreed_need { None } else { Some(Mark::Nothing) };
        let mark = if self.current { look.mark().or(met) } else { Some(Mark::NotCurrent) };
        let (role, text) = match mark {
            Some(Mark::NotCurrent) => {
                self.rect(rect, sizes::PLATE_CORNER as u8, t.chrome, Stroke::new(1.0, t.ctl));
                (Type::Small, t.text2)
            }
            Some(Mark::Short) => {
                self.rect(rect, sizes::PLATE_CORNER as u8, t.gap_plate, Stroke::NONE);
                (Type::Plate, t.on_gap)
            }
            Some(Mark::Nothing) => (Type::Body, t.text2),
            Some(_) => {
                let stroke = Stroke::new(1.0, t.wait_edge);
                self.rect(rect, sizes::PLATE_CORNER as u8, t.amber_soft, stroke);
                (Type::SmallStrong, t.wait_text)
            }
            None => (Type::Body, t.text),
        };
        let was = if self.current { "" } else { "was " };
        let mut figures = self.layout(&format!("{was}{}{}", look.figures(), self.need_end()), role, text);
        if figures.size().x > rect.width() - 6.0 && self.current {
            figures = self.layout(&look.brief(), role, text);
        }
        let short = self.layout(&short, role, text);
        let mark_width = if mark.is_some() { MARK + 4.0 } else { 0.0 };
        let short_width = if look.short > 0 { 7.0 + short.size().x } else { 0.0 };
        let room = rect.width() - 6.0;
        let figures_width = figures.size().x;
        // Whole parts go: first how many short, then the mark, and at last the figures.
        let (with_mark, with_figures, with_short) = if mark_width + figures_width + short_width <= room {
            (true, true, look.short > 0)
        } else if mark_width + figures_width <= room {
            (true, true, false)
        } else if figures_width <= room {
            (false, true, false)
        } else {
            (MARK <= room, false, false)
        };
        let width = match (with_mark, with_figures) {
            (true, true) => mark_width + figures_width + if with_short { short_width } else { 0.0 },
            (false, true) => figures_width,
            _ => MARK,
        };
        let mut left = rect.center().x - 0.5 * width;
        let middle = rect.center().y;
        if let Some(mark) = mark.filter(|_| with_mark) {
            let ink = if mark == Mark::Short { Mark::ink_on(t.gap_plate, t.on_gap) } else { mark.ink(t) };
            mark.add(pos2(left + 0.5 * MARK, middle), MARK, ink, &mut self.shapes);
            left += mark_width;
        }
        if with_figures {
            left = self.put(figures, left, middle);
        }
        if with_short {
            self.put(short, left + 7.0, middle);
        }
    }
}
