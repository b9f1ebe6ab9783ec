//! egui's own widgets in our colours, sizes and type.

use egui::style::{ScrollAnimation, ScrollFadeStyle, ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{Color32, CornerRadius, Margin, Shadow, Stroke, Style, TextStyle, Visuals, vec2};

use super::sizes::{CONTROL, CORNER};
use super::{Tokens, Type};

/// egui's style for a look. The text cursor blinks only where a frame costs nothing.
pub(super) fn style(tokens: &Tokens, cursor_blinks: bool) -> Style {
    let mut style = Style { visuals: visuals(tokens, cursor_blinks), animation_time: 0.0, ..Style::default() };
    for role in Type::ALL {
        style.text_styles.insert(role.style(), role.font());
    }
    style.text_styles.insert(TextStyle::Button, Type::Body.font());
    style.text_styles.insert(TextStyle::Monospace, egui::FontId::monospace(13.0));
    style.scroll_animation = ScrollAnimation::none();

    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 4.0);
    spacing.button_padding = vec2(8.0, 4.0);
    spacing.interact_size = vec2(40.0, CONTROL);
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = 6.0;
    spacing.menu_margin = Margin::same(4);
    spacing.window_margin = Margin::same(12);
    spacing.menu_spacing = 0.0;
    spacing.combo_height = 320.0;
    spacing.tooltip_width = 420.0;
    spacing.scroll = scroll(tokens);

    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style
}

/// A bar of 12 with a thumb of 6, always there when there is more.
fn scroll(tokens: &Tokens) -> ScrollStyle {
    let opacity = if tokens.is_high_contrast() { 1.0 } else { 0.45 };
    ScrollStyle {
        floating: true,
        bar_width: 6.0,
        floating_width: 6.0,
        floating_allocated_width: 12.0,
        bar_inner_margin: 3.0,
        bar_outer_margin: 3.0,
        handle_min_length: 24.0,
        foreground_color: true,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: opacity,
        active_handle_opacity: opacity,
        interact_handle_opacity: 1.0,
        fade: ScrollFadeStyle { strength: 0.0, size: 0.0 },
        ..ScrollStyle::solid()
    }
}

fn visuals(t: &Tokens, cursor_blinks: bool) -> Visuals {
    let base = if t.is_dark() { Visuals::dark() } else { Visuals::light() };
    let corner = CornerRadius::same(CORNER as u8);
    let mut visuals = Visuals {
        weak_text_color: Some(t.text2),
        widgets: widgets(t),
        selection: Selection { bg_fill: t.accent_soft, stroke: Stroke::new(2.0, t.accent) },
        hyperlink_color: t.link,
        faint_bg_color: t.sunken,
        extreme_bg_color: t.surface,
        text_edit_bg_color: Some(t.surface),
        code_bg_color: t.sunken,
        warn_fg_color: t.amber_text,
        error_fg_color: t.gap_text,
        window_corner_radius: corner,
        menu_corner_radius: corner,
        window_shadow: Shadow::NONE,
        popup_shadow: Shadow::NONE,
        window_fill: t.surface,
        window_stroke: Stroke::new(1.0, t.ctl),
        window_highlight_topmost: false,
        panel_fill: t.chrome,
        indent_has_left_vline: false,
        slider_trailing_fill: true,
        image_loading_spinners: false,
        disabled_alpha: 0.6,
        ..base
    };
    visuals.text_cursor.stroke = Stroke::new(1.5, t.text);
    visuals.text_cursor.blink = cursor_blinks;
    visuals.ime_composition.active_underline_stroke = Stroke::new(2.0, t.text);
    visuals.ime_composition.inactive_underline_stroke = Stroke::new(1.0, t.text2);
    visuals
}

fn widgets(t: &Tokens) -> Widgets {
    let rest = WidgetVisuals {
        bg_fill: t.surface,
        weak_bg_fill: t.surface,
        bg_stroke: Stroke::new(1.0, t.ctl),
        corner_radius: CornerRadius::same(CORNER as u8),
        fg_stroke: Stroke::new(1.5, t.text),
        expansion: 0.0,
    };
    let with = |fill: Color32, edge: Color32| WidgetVisuals {
        weak_bg_fill: fill,
        bg_fill: fill,
        bg_stroke: Stroke::new(1.0, edge),
        ..rest
    };
    Widgets {
        noninteractive: WidgetVisuals {
            bg_stroke: Stroke::new(1.0, t.line),
            fg_stroke: Stroke::new(1.0, t.text),
            ..rest
        },
        inactive: rest,
        hovered: with(t.accent_soft, t.accent),
        active: with(t.accent_soft, t.accent),
        open: with(t.accent_soft, t.accent),
    }
}

/// Makes the controls that follow in `ui` as high as those in bars.
pub fn in_bar(ui: &mut egui::Ui) {
    let height = super::Sizes::now(ui).bar_control;
    let spacing = ui.spacing_mut();
    spacing.interact_size.y = height;
    spacing.button_padding.y = 2.0;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Palette;

    #[test]
    fn targets_are_at_least_24_high_and_nothing_moves_by_itself() {
        for palette in [Palette::Light, Palette::Dark, Palette::HighContrast] {
            let style = style(Tokens::of(palette), false);
            assert!(style.spacing.interact_size.y >= 24.0);
            assert!(style.animation_time.abs() < f32::EPSILON);
            assert_eq!(style.visuals.popup_shadow, Shadow::NONE);
            assert!(!style.visuals.text_cursor.blink);
        }
    }
}
