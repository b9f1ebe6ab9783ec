//! Type: the fonts that are built in, and the few roles a piece of text can have.

use std::sync::{Arc, LazyLock};

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontData, FontDefinitions, FontFamily, FontId, Galley, Painter, RichText, TextStyle};

/// What a piece of text is; gives its size and weight. 13 is the smallest there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// The title of the start page.
    Page,
    /// The title of a page that is about one thing.
    Section,
    /// Unit rows, verdict cards, start sections.
    Unit,
    /// People, Problems, heads of inspectors and dialogs.
    Panel,
    /// A verdict's pill.
    Pill,
    /// Everything.
    Body,
    /// Initials, titles of problems, the chosen tab.
    Strong,
    /// NOT COVERED, SHORT.
    Plate,
    /// Hours, second lines, keys.
    Small,
    /// Column heads, group rows.
    SmallStrong,
}

impl Type {
    /// All roles, largest first.
    pub const ALL: [Self; 10] = [
        Self::Page,
        Self::Section,
        Self::Unit,
        Self::Panel,
        Self::Pill,
        Self::Body,
        Self::Strong,
        Self::Plate,
        Self::Small,
        Self::SmallStrong,
    ];

    /// The name under which egui's styles hold it.
    const fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Section => "section",
            Self::Unit => "unit",
            Self::Panel => "panel",
            Self::Pill => "pill",
            Self::Body => "body",
            Self::Strong => "strong",
            Self::Plate => "plate",
            Self::Small => "small",
            Self::SmallStrong => "small strong",
        }
    }

    /// Size and weight.
    pub fn font(self) -> FontId {
        match self {
            Self::Page => bold(26.0),
            Self::Section => semibold(22.0),
            Self::Unit => semibold(16.0),
            Self::Panel => semibold(15.0),
            Self::Pill => bold(14.0),
            Self::Body => FontId::proportional(14.0),
            Self::Strong => semibold(14.0),
            Self::Plate => bold(13.0),
            Self::Small => FontId::proportional(13.0),
            Self::SmallStrong => semibold(13.0),
        }
    }

    /// The role as a text style, which egui's widgets ask for.
    pub fn style(self) -> TextStyle {
        match self {
            Self::Body => TextStyle::Body,
            Self::Small => TextStyle::Small,
            Self::Panel => TextStyle::Heading,
            _ => TextStyle::Name(self.name().into()),
        }
    }

    /// Text in this role, in the colour of the text around it.
    pub fn rich(self, text: impl Into<String>) -> RichText {
        RichText::new(text).font(self.font())
    }

    /// Text in this role and colour.
    pub fn ink(self, text: impl Into<String>, colour: Color32) -> RichText {
        self.rich(text).color(colour)
    }

    /// One line in this role and colour, which ends in "…" where `width` points have no room for all of it.
    pub fn elided(self, painter: &Painter, text: impl Into<String>, colour: Color32, width: f32) -> Arc<Galley> {
        let mut job = LayoutJob::simple_singleline(text.into(), self.font(), colour);
        job.wrap = TextWrapping::truncate_at_width(width);
        painter.layout_job(job)
    }
}

static SEMIBOLD: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("semibold".into()));
static BOLD: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("bold".into()));
static ICONS: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("icons".into()));

fn semibold(size: f32) -> FontId {
    FontId::new(size, SEMIBOLD.clone())
}

fn bold(size: f32) -> FontId {
    FontId::new(size, BOLD.clone())
}

/// The icon font; see [`crate::ui::icons`].
pub fn icon_font(size: f32) -> FontId {
    FontId::new(size, ICONS.clone())
}

/// Source Sans 3 in three weights and the icons, before the fonts egui brings, so that names in any script still show.
pub fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let built_in: [(&str, &'static [u8]); 4] = [
        ("Source Sans 3", include_bytes!("../../../assets/fonts/SourceSans3-Regular.ttf")),
        ("Source Sans 3 Semibold", include_bytes!("../../../assets/fonts/SourceSans3-Semibold.ttf")),
        ("Source Sans 3 Bold", include_bytes!("../../../assets/fonts/SourceSans3-Bold.ttf")),
        ("Phosphor", include_bytes!("../../../assets/fonts/Phosphor.ttf")),
    ];
    for (name, bytes) in built_in {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let others = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family = |first: &str| {
        let mut names = vec![first.to_owned()];
        names.extend(others.iter().cloned());
        names
    };
    let families = [
        (FontFamily::Proportional, family("Source Sans 3")),
        (SEMIBOLD.clone(), family("Source Sans 3 Semibold")),
        (BOLD.clone(), family("Source Sans 3 Bold")),
        (ICONS.clone(), vec!["Phosphor".to_owned()]),
    ];
    fonts.families.extend(families);
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::epaint::{TextOptions, text::Fonts};

    #[test]
    fn names_punctuation_and_arrows_are_in_every_weight() {
        let mut fonts = Fonts::new(TextOptions::default(), fonts());
        for role in Type::ALL {
            for c in "AZaz09ŁȘŐĐéü−–…·→≥’“”′×½".chars() {
                assert!(fonts.has_glyph(&role.font(), c), "{role:?} cannot show {c}");
            }
        }
    }

    #[test]
    fn figures_line_up_without_font_features() {
        let mut fonts = Fonts::new(TextOptions::default(), fonts());
        let mut view = fonts.with_pixels_per_point(1.0);
        for role in Type::ALL {
            let width = view.glyph_width(&role.font(), '0');
            for c in '1'..='9' {
                assert!((view.glyph_width(&role.font(), c) - width).abs() < 0.01, "{role:?} {c}");
            }
        }
    }

    #[test]
    fn nothing_is_smaller_than_13() {
        assert!(Type::ALL.iter().all(|role| role.font().size >= 13.0));
    }
}
