//! How everything looks: colours, sizes and type by name. The only place that makes a colour.

mod choice;
pub mod sizes;
mod style;
mod text;
mod tokens;

use std::sync::Arc;

use egui::{Context, Theme, ThemePreference};

pub use choice::ThemeChoice;
pub use sizes::Sizes;
pub use style::in_bar;
pub use text::{Type, fonts, icon_font};
pub use tokens::{Palette, Tokens};

use super::state::UiState;

/// Gives the whole window the chosen look. `cursor_blinks` is false where drawing a frame is dear.
pub fn apply(ctx: &Context, choice: ThemeChoice, cursor_blinks: bool) {
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    // egui knows two themes: high contrast stands in for both.
    let of = |system| Arc::new(style::style(Tokens::of(choice.palette(system)), cursor_blinks));
    ctx.set_style_of(Theme::Light, of(Theme::Light));
    ctx.set_style_of(Theme::Dark, of(Theme::Dark));
    ctx.set_theme(match choice {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark | ThemeChoice::HighContrast => ThemePreference::Dark,
    });
    UiState::of(ctx, |state| state.theme = choice);
}

/// What was last chosen with [`apply`].
pub fn choice(ctx: &Context) -> ThemeChoice {
    UiState::of(ctx, |state| state.theme)
}

/// The colours of the look the window has now. A `&Ui` will do for the context.
pub fn tokens(ctx: &Context) -> &'static Tokens {
    Tokens::of(choice(ctx).palette(ctx.theme()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_kept_and_gives_its_colours() {
        let ctx = Context::default();
        for (choice_made, palette) in [
            (ThemeChoice::System, Palette::Light),
            (ThemeChoice::Light, Palette::Light),
            (ThemeChoice::Dark, Palette::Dark),
            (ThemeChoice::HighContrast, Palette::HighContrast),
        ] {
            apply(&ctx, choice_made, true);
            assert_eq!(choice(&ctx), choice_made);
            assert_eq!(tokens(&ctx), Tokens::of(palette));
            assert_eq!(ctx.global_style().visuals.panel_fill, Tokens::of(palette).chrome);
        }
    }

    #[test]
    fn an_unknown_system_is_light() {
        assert_eq!(ThemeChoice::default(), ThemeChoice::System);
        let ctx = Context::default();
        apply(&ctx, ThemeChoice::System, true);
        assert_eq!(ctx.theme(), Theme::Light);
    }
}
