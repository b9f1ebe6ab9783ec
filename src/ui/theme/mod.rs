//! How everything looks: colours, sizes and type by name. The only place that makes a colour.

pub mod sizes;
mod style;
mod text;
mod tokens;

use std::sync::Arc;

use egui::{Context, Theme, ThemePreference};

pub use sizes::Sizes;
pub use style::in_bar;
pub use text::{Type, fonts, icon_font};
pub use tokens::{Palette, Tokens};

use super::state::UiState;
use crate::editor::ThemeName;

/// Gives the whole window the chosen look. `cursor_blinks` is false where drawing a frame is dear.
pub fn apply(ctx: &Context, choice: ThemeName, cursor_blinks: bool) {
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    // egui knows two themes: high contrast stands in for both.
    let of = |system| Arc::new(style::style(Tokens::of(palette(choice, system)), cursor_blinks));
    ctx.set_style_of(Theme::Light, of(Theme::Light));
    ctx.set_style_of(Theme::Dark, of(Theme::Dark));
    ctx.set_theme(match choice {
        ThemeName::System => ThemePreference::System,
        ThemeName::Light => ThemePreference::Light,
        ThemeName::Dark | ThemeName::HighContrast => ThemePreference::Dark,
    });
    UiState::of(ctx, |state| state.theme = choice);
}

/// What was last chosen with [`apply`].
pub fn choice(ctx: &Context) -> ThemeName {
    UiState::of(ctx, |state| state.theme)
}

/// The colours of the look the window has now. A `&Ui` will do for the context.
pub fn tokens(ctx: &Context) -> &'static Tokens {
    Tokens::of(palette(choice(ctx), ctx.theme()))
}

/// The colours for a choice on a system that is, or is not, dark now.
fn palette(choice: ThemeName, system: Theme) -> Palette {
    match (choice, system) {
        (ThemeName::HighContrast, _) => Palette::HighContrast,
        (ThemeName::Dark, _) | (ThemeName::System, Theme::Dark) => Palette::Dark,
        (ThemeName::Light, _) | (ThemeName::System, Theme::Light) => Palette::Light,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_kept_and_gives_its_colours() {
        let ctx = Context::default();
        for (choice_made, colours) in [
            (ThemeName::System, Palette::Light),
            (ThemeName::Light, Palette::Light),
            (ThemeName::Dark, Palette::Dark),
            (ThemeName::HighContrast, Palette::HighContrast),
        ] {
            apply(&ctx, choice_made, true);
            assert_eq!(choice(&ctx), choice_made);
            assert_eq!(tokens(&ctx), Tokens::of(colours));
            assert_eq!(ctx.global_style().visuals.panel_fill, Tokens::of(colours).chrome);
        }
    }

    #[test]
    fn an_unknown_system_is_light() {
        assert_eq!(ThemeName::default(), ThemeName::System);
        let ctx = Context::default();
        apply(&ctx, ThemeName::System, true);
        assert_eq!(ctx.theme(), Theme::Light);
    }
}
