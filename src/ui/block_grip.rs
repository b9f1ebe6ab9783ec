//! How a block is taken hold of on a time line, in the middle or by an edge, and how a drag scrolls at the edges.

use egui::Rect;

/// How far from its edge a block can be taken by it, in points.
const EDGE: f32 = 5.0;
/// Blocks narrower than this have no edges to take.
const EDGES_FROM: f32 = 24.0;
/// Within this distance of the body's edge a drag scrolls.
pub(super) const SCROLL_MARGIN: f32 = 22.0;
/// Points scrolled in each frame.
const SCROLL_STEP: f32 = 9.0;

/// What of a block is under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grip {
    Start,
    Middle,
    End,
}

impl Grip {
    /// The grip at `x` on a block drawn at `rect`, of which start and end can be taken only where they are drawn.
    pub(super) fn at(x: f32, rect: Rect, (has_start, has_end): (bool, bool)) -> Self {
        if rect.width() < EDGES_FROM {
            Self::Middle
        } else if x < rect.left() + EDGE && has_start {
            Self::Start
        } else if x > rect.right() - EDGE && has_end {
            Self::End
        } else {
            Self::Middle
        }
    }
}

/// How far a drag at `at` scrolls what is seen from `low` to `high`, in points.
pub(super) fn scroll_step(low: f32, high: f32, at: f32) -> f32 {
    if at < low + SCROLL_MARGIN {
        SCROLL_STEP
    } else if at > high - SCROLL_MARGIN {
        -SCROLL_STEP
    } else {
        0.0
    }
}
