//! Sizes in points: those that depend on how high the window is, and those that never change.

use egui::Context;

/// Height of the menu bar.
pub const MENU_BAR: f32 = 28.0;
/// Height of the verdict bar with one row of cards.
pub const VERDICT_BAR: f32 = 60.0;
/// Height of a verdict card.
pub const VERDICT_CARD: f32 = 52.0;
/// Height of the view bar.
pub const VIEW_BAR: f32 = 36.0;
/// Height of the line that names the window in the grid's header.
pub const HEADER_WINDOW: f32 = 20.0;
/// Height of the hours in the grid's header.
pub const HEADER_HOURS: f32 = 24.0;
/// Height of the status bar.
pub const STATUS_BAR: f32 = 28.0;
/// Height of a person's row in the People view.
pub const PERSON_ROW: f32 = 44.0;
/// Height of the first line of a problem, and of each line after it.
pub const PROBLEM_ROW: (f32, f32) = (26.0, 18.0);
/// Height of a button in a bar.
pub const BAR_CONTROL: f32 = 24.0;
/// Height of a button, field, segment or menu entry elsewhere.
pub const CONTROL: f32 = 28.0;
/// Padding at the sides of a panel.
pub const PANEL_PADDING: f32 = 12.0;
/// Space between two controls.
pub const GAP: f32 = 8.0;
/// Corner of cards, buttons, fields, pills.
pub const CORNER: f32 = 4.0;
/// Corner of Agreed and Asked blocks.
pub const BLOCK_CORNER: f32 = 3.0;
pub const PLATE_CORNER: f32 = 2.0;
/// Below this width of the window the People panel folds.
pub const PEOPLE_FOLDS_BELOW: f32 = 1180.0;
/// Below this width the People panel folds while a suggestion is open: the hours of the day go before the list.
pub const PEOPLE_FOLDS_BELOW_BESIDE: f32 = 1500.0;
/// Below this width of the window Problems and Who could fold.
pub const PROBLEMS_FOLD_BELOW: f32 = 1000.0;
/// How narrow and how wide the People panel may be dragged.
pub const PEOPLE_WIDTHS: (f32, f32) = (180.0, 320.0);
/// How narrow and how wide the Problems panel may be dragged.
pub const PROBLEMS_WIDTHS: (f32, f32) = (256.0, 420.0);
/// How narrow and how wide the column of post names may be.
pub const POST_WIDTHS: (f32, f32) = (140.0, 220.0);
/// Narrowest hour at 60 minutes a column; wider ones are multiples of 4.
pub const HOUR_WIDTH_MIN: f32 = 60.0;
/// Narrowest hour beside a suggestion, which is compared with the whole day.
pub const HOUR_WIDTH_MIN_BESIDE: f32 = 40.0;
/// Narrowest hour where the whole day is to be seen.
pub const HOUR_WIDTH_MIN_FITTED: f32 = 12.0;

/// Window heights below this are drawn compact.
const COMFORTABLE_FROM: f32 = 800.0;

/// Sizes that are smaller in a low window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// A unit's row in the grid.
    pub unit_row: f32,
    /// One lane of a post.
    pub lane: f32,
    /// The have/need row.
    pub have_need: f32,
    /// A row of a list or table.
    pub list_row: f32,
    /// Buttons, fields and segments in bars.
    pub bar_control: f32,
    /// Frozen column of post names.
    pub post: f32,
    /// Frozen column of bleeps.
    pub bleep: f32,
    /// Frozen column of needs.
    pub need: f32,
    /// A column of half an hour.
    pub half_hour: f32,
    /// A column of a quarter of an hour.
    pub quarter_hour: f32,
    /// The sliver of time outside a window, each side.
    pub sliver: f32,
    /// The People panel before anybody drags it.
    pub people: f32,
    /// Problems and Who could before anybody drags them.
    pub problems: f32,
}

/// For a 1366×768 screen.
pub const COMPACT: Sizes = Sizes {
    unit_row: 28.0,
    lane: 24.0,
    have_need: 24.0,
    list_row: 24.0,
    bar_control: BAR_CONTROL,
    post: 160.0,
    bleep: 40.0,
    need: 40.0,
    half_hour: 48.0,
    quarter_hour: 28.0,
    sliver: 16.0,
    people: 200.0,
    problems: 272.0,
};

/// For a 1920×1080 screen.
pub const COMFORTABLE: Sizes = Sizes {
    unit_row: 32.0,
    lane: 32.0,
    have_need: 28.0,
    list_row: 28.0,
    bar_control: CONTROL,
    post: 176.0,
    bleep: 52.0,
    need: 56.0,
    half_hour: 56.0,
    quarter_hour: 32.0,
    sliver: 20.0,
    people: 248.0,
    problems: 376.0,
};

impl Sizes {
    /// The sizes for a window of this height inside its frame.
    pub fn for_height(points: f32) -> &'static Self {
        if points < COMFORTABLE_FROM { &COMPACT } else { &COMFORTABLE }
    }

    /// The sizes for the window as it is now.
    pub fn now(ctx: &Context) -> &'static Self {
        Self::for_height(ctx.content_rect().height())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_screen_is_drawn_compact() {
        assert_eq!(Sizes::for_height(696.0), &COMPACT);
        assert_eq!(Sizes::for_height(799.9), &COMPACT);
        assert_eq!(Sizes::for_height(800.0), &COMFORTABLE);
    }

    #[test]
    fn every_target_is_24_points_or_more() {
        for sizes in [COMPACT, COMFORTABLE] {
            for size in [sizes.lane, sizes.have_need, sizes.list_row, sizes.bar_control, sizes.quarter_hour] {
                assert!(size >= 24.0);
            }
        }
    }
}
