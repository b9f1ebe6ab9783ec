//! The colours by name: one struct of them for each of the three looks, read once from `assets/theme.ron`.

use std::sync::LazyLock;

use egui::Color32;
use serde::{Deserialize, Deserializer, de};

/// The three looks there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// Dark on white.
    Light,
    /// Light on near-black.
    Dark,
    /// White and few strong colours on black; every block has an edge.
    HighContrast,
}

macro_rules! tokens {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Every colour the program uses, named by what it is for.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Tokens {
            $($(#[$doc])* #[serde(deserialize_with = "hex")] pub $name: Color32,)*
            #[serde(skip)]
            dark: bool,
            #[serde(skip)]
            high_contrast: bool,
        }
    };
}

tokens! {
    /// Lists, grid, cards.
    surface,
    /// Menu bar, view bar, panel heads, status bar.
    chrome,
    /// Grid header, unit rows.
    head,
    /// Group rows, have/need row, nobody-normally cells.
    sunken,
    /// Time outside a window, duties.
    outside,
    /// Hairlines between rows and hours.
    line,
    /// Frozen edge, unit edge, card edge.
    line2,
    /// Edge of buttons, fields, check boxes.
    ctl,
    text,
    /// Second text, labels.
    text2,
    /// Text of what cannot be used now.
    disabled,
    /// Primary button, chosen tab and segment.
    accent,
    /// Text on `accent`.
    on_accent,
    /// Chosen row, chosen segment.
    accent_soft,
    /// Text that acts.
    link,
    /// Focus and selection ring, outer.
    focus,
    /// Focus and selection ring, inner.
    focus_edge,
    /// Agreed block.
    agreed_fill,
    /// Left bar and mark of Agreed.
    agreed_bar,
    /// Text on `agreed_fill`.
    agreed_text,
    /// Asked block.
    wait_fill,
    /// Edge of Asked (solid) and Proposed (dashed), their marks.
    wait_edge,
    /// Text on `wait_fill` and `amber_soft`.
    wait_text,
    /// Left hatch of what does not count yet.
    wait_hatch,
    /// Proposed block.
    prop_fill,
    /// Gap, under the hatch.
    gap_fill,
    gap_hatch,
    /// NOT COVERED, SHORT, have/need short.
    gap_plate,
    /// Text on `gap_plate`.
    on_gap,
    /// Red words on a surface.
    gap_text,
    /// … TO AGREE.
    amber_plate,
    /// Text on `amber_plate`.
    on_amber,
    /// Amber words on a surface.
    amber_text,
    /// Have/need until agreed, notices.
    amber_soft,
    /// Edge and mark of COVERED.
    ok_plate,
    /// Sign on `ok_plate`.
    on_ok,
    /// Text of COVERED, and green words on a surface.
    ok_text,
    /// COVERED.
    ok_soft,
    /// NO NORMAL STAFFING.
    none_plate,
    /// Text on `none_plate`.
    on_none,
    /// Declined, and what a drag leaves behind.
    ghost,
    /// Corner “changed since issue”.
    changed,
    /// Edge and number of a planner’s proposal.
    plan,
    /// A planner’s proposal.
    plan_fill,
    /// Text on `plan_fill`.
    plan_text,
    /// Text on `plan`.
    on_plan,
}

/// `#RRGGBB`, as a designer writes it.
fn hex<'de, D: Deserializer<'de>>(from: D) -> Result<Color32, D::Error> {
    let text = String::deserialize(from)?;
    Color32::from_hex(&text).map_err(|_| de::Error::custom(format_args!("“{text}” is not a colour like #005EB8")))
}

/// The file `assets/theme.ron`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Theme {
    light: Tokens,
    dark: Tokens,
    high_contrast: Tokens,
}

impl Theme {
    fn read(text: &str) -> Result<Self, ron::error::SpannedError> {
        let mut theme: Self = ron::from_str(text)?;
        theme.dark.dark = true;
        theme.high_contrast.dark = true;
        theme.high_contrast.high_contrast = true;
        Ok(theme)
    }
}

const THEME: &str = include_str!("../../../assets/theme.ron");

impl Tokens {
    /// The colours of a look.
    pub fn of(palette: Palette) -> &'static Self {
        // A test reads the file that is built in, so the default is never what anybody sees.
        static THEMES: LazyLock<Theme> = LazyLock::new(|| Theme::read(THEME).unwrap_or_default());
        match palette {
            Palette::Light => &THEMES.light,
            Palette::Dark => &THEMES.dark,
            Palette::HighContrast => &THEMES.high_contrast,
        }
    }

    /// Whether backgrounds are darker than text.
    pub const fn is_dark(&self) -> bool {
        self.dark
    }

    /// Whether every block must have an edge of its own.
    pub const fn is_high_contrast(&self) -> bool {
        self.high_contrast
    }

    /// How wide the solid bar at the left of an Agreed block is.
    pub const fn bar_width(&self) -> f32 {
        if self.high_contrast { 6.0 } else { 3.0 }
    }

    /// How wide the edge of an Agreed block is: none where its fill can be told from the surface.
    pub const fn agreed_edge_width(&self) -> f32 {
        if self.high_contrast { 1.5 } else { 0.0 }
    }

    /// The edge of an Agreed block: what is done is the palest of all, and the eye goes to what is not.
    pub const fn agreed_edge(&self) -> Color32 {
        if self.high_contrast { self.line } else { self.agreed_bar }
    }

    /// How wide the edge of Asked and Proposed blocks is.
    pub const fn wait_edge_width(&self) -> f32 {
        if self.high_contrast { 2.0 } else { 1.5 }
    }

    /// How wide a line of a gap's hatch is.
    pub const fn gap_hatch_width(&self) -> f32 {
        if self.high_contrast { 2.0 } else { 1.5 }
    }

    /// The one of the ring's two colours that stands out against the surface, for edges of a single line.
    pub const fn ring(&self) -> Color32 {
        if self.dark { self.focus } else { self.focus_edge }
    }

    /// Text on `focus_edge`, the ground of the undo line.
    pub const fn on_focus_edge(&self) -> Color32 {
        if self.dark { self.text } else { self.surface }
    }

    /// What dims the window behind a dialog.
    pub fn backdrop(&self) -> Color32 {
        Color32::from_black_alpha(if self.dark { 150 } else { 90 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PALETTES: [Palette; 3] = [Palette::Light, Palette::Dark, Palette::HighContrast];

    #[test]
    fn the_theme_is_read_and_its_looks_differ() {
        let theme = Theme::read(THEME).unwrap();
        assert_eq!(theme.light.accent, Color32::from_rgb(0x00, 0x5E, 0xB8));
        assert_ne!(theme.light, theme.dark);
        assert!(theme.dark.is_dark() && theme.high_contrast.is_high_contrast());
    }

    #[test]
    fn an_unknown_token_or_colour_is_refused() {
        assert!(Theme::read(&THEME.replacen("surface:", "surfaces:", 1)).is_err());
        let error = Theme::read(&THEME.replacen("#FFFFFF", "white", 1)).err().unwrap().to_string();
        assert!(error.contains("“white” is not a colour like #005EB8"), "{error}");
    }

    /// WCAG 2 relative luminance.
    fn luminance(colour: Color32) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_its_ground() {
        for palette in PALETTES {
            let t = Tokens::of(palette);
            let least = if t.is_high_contrast() { 7.0 } else { 4.5 };
            let pairs = [
                ("text on surface", t.surface, t.text),
                ("text on chrome", t.chrome, t.text),
                ("text on head", t.head, t.text),
                ("text on sunken", t.sunken, t.text),
                ("text2 on surface", t.surface, t.text2),
                ("text2 on chrome", t.chrome, t.text2),
                ("text2 on head", t.head, t.text2),
                ("text2 on sunken", t.sunken, t.text2),
                ("text2 on outside", t.outside, t.text2),
                ("text2 on accent_soft", t.accent_soft, t.text2),
                ("text on accent_soft", t.accent_soft, t.text),
                ("on_accent", t.accent, t.on_accent),
                ("link on surface", t.surface, t.link),
                ("link on chrome", t.chrome, t.link),
                ("on_focus_edge", t.focus_edge, t.on_focus_edge()),
                ("focus on focus_edge", t.focus_edge, t.focus),
                ("agreed", t.agreed_fill, t.agreed_text),
                ("wait", t.wait_fill, t.wait_text),
                ("proposed", t.prop_fill, t.text),
                ("gap_text on gap_fill", t.gap_fill, t.gap_text),
                ("gap_text on surface", t.surface, t.gap_text),
                ("gap_text on accent_soft", t.accent_soft, t.gap_text),
                ("on_gap", t.gap_plate, t.on_gap),
                ("on_amber", t.amber_plate, t.on_amber),
                ("wait_text on amber_soft", t.amber_soft, t.wait_text),
                ("amber_text on surface", t.surface, t.amber_text),
                ("ok_text on ok_soft", t.ok_soft, t.ok_text),
                ("ok_text on surface", t.surface, t.ok_text),
                ("ok_text on accent_soft", t.accent_soft, t.ok_text),
                ("on_none", t.none_plate, t.on_none),
                ("ghost on surface", t.surface, t.ghost),
                ("plan_text", t.plan_fill, t.plan_text),
                ("on_plan", t.plan, t.on_plan),
            ];
            for (what, ground, text) in pairs {
                let contrast = contrast(ground, text);
                assert!(contrast >= least, "{palette:?}: {what} has only {contrast:.2}");
            }
        }
    }

    #[test]
    fn edges_and_marks_can_be_seen() {
        for palette in PALETTES {
            let t = Tokens::of(palette);
            let pairs = [
                ("ctl", t.surface, t.ctl),
                ("ring", t.surface, t.ring()),
                ("agreed_bar on surface", t.surface, t.agreed_bar),
                ("agreed_bar on agreed_fill", t.agreed_fill, t.agreed_bar),
                ("on_accent on agreed_bar", t.agreed_bar, t.on_accent),
                ("wait_edge on surface", t.surface, t.wait_edge),
                ("wait_edge on wait_fill", t.wait_fill, t.wait_edge),
                ("wait_hatch on surface", t.surface, t.wait_hatch),
                ("gap_hatch on surface", t.surface, t.gap_hatch),
                ("gap_plate on agreed_fill", t.agreed_fill, t.gap_plate),
                ("ok_plate on surface", t.surface, t.ok_plate),
                ("on_ok", t.ok_plate, t.on_ok),
                ("changed on agreed_fill", t.agreed_fill, t.changed),
            ];
            for (what, ground, mark) in pairs {
                let contrast = contrast(ground, mark);
                assert!(contrast >= 3.0, "{palette:?}: {what} has only {contrast:.2}");
            }
        }
    }
}
