//! The user's settings between two starts. A damaged or foreign file is the same as none: nothing is lost but a choice.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::editor::{Settings, ThemeName, Zoom};
use crate::file::{Disk, RealDisk};

/// What is written; fields that a later version adds are left out of an older one's file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    theme: String,
    slot_minutes: i64,
    fit_day: bool,
    people_panel: bool,
    problems_panel: bool,
    show_declined: bool,
    text_percent: u16,
    people_width: Option<u16>,
    right_width: Option<u16>,
}

const THEMES: [(ThemeName, &str); 4] = [
    (ThemeName::System, "system"),
    (ThemeName::Light, "light"),
    (ThemeName::Dark, "dark"),
    (ThemeName::HighContrast, "high-contrast"),
];

impl Default for Kept {
    fn default() -> Self {
        Self::from(&Settings::default())
    }
}

impl From<&Settings> for Kept {
    fn from(settings: &Settings) -> Self {
        let theme = THEMES.iter().find(|(theme, _)| *theme == settings.theme).map_or("system", |(_, name)| name);
        Self {
            theme: theme.to_owned(),
            slot_minutes: settings.zoom.minutes(),
            fit_day: settings.zoom == Zoom::Day,
            people_panel: settings.people_panel,
            problems_panel: settings.problems_panel,
            show_declined: settings.show_declined,
            text_percent: settings.text_percent,
            people_width: settings.people_width,
            right_width: settings.right_width,
        }
    }
}

impl From<Kept> for Settings {
    fn from(kept: Kept) -> Self {
        let zooms = [Zoom::Quarter, Zoom::Half, Zoom::Hour];
        let zoom = zooms.into_iter().find(|zoom| zoom.minutes() == kept.slot_minutes).unwrap_or(Zoom::Hour);
        Self {
            theme: THEMES.iter().find(|(_, name)| *name == kept.theme).map_or(ThemeName::System, |(theme, _)| *theme),
            zoom: if kept.fit_day { Zoom::Day } else { zoom },
            people_panel: kept.people_panel,
            problems_panel: kept.problems_panel,
            show_declined: kept.show_declined,
            text_percent: kept.text_percent.clamp(80, 250),
            people_width: kept.people_width,
            right_width: kept.right_width,
        }
    }
}

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("settings.ron")
}

/// The settings kept in that folder, or those of a first start.
pub(super) fn read(data_dir: &Path) -> Settings {
    let text = std::fs::read_to_string(path(data_dir)).unwrap_or_default();
    ron::from_str::<Kept>(&text).unwrap_or_default().into()
}

/// Keeps them there. A failure loses a choice and nothing else, so it is not told.
pub(super) fn write(data_dir: &Path, settings: &Settings) {
    if let Ok(text) = ron::ser::to_string_pretty(&Kept::from(settings), ron::ser::PrettyConfig::new()) {
        let _ = RealDisk.create_dir(data_dir).and_then(|()| std::fs::write(path(data_dir), text));
        let _ = RealDisk.make_private(&path(data_dir));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_as_they_were_kept() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(dir.path()), Settings::default());
        let settings = Settings {
            theme: ThemeName::HighContrast,
            zoom: Zoom::Quarter,
            people_panel: false,
            text_percent: 150,
            right_width: Some(300),
            ..Settings::default()
        };
        write(&dir.path().join("day"), &Settings { zoom: Zoom::Day, ..settings.clone() });
        assert_eq!(read(&dir.path().join("day")).zoom, Zoom::Day);
        write(&dir.path().join("new"), &settings);
        assert_eq!(read(&dir.path().join("new")), settings);
    }

    #[test]
    fn a_damaged_file_is_the_same_as_none() {
        let dir = tempfile::tempdir().unwrap();
        for text in ["", "(theme: 7)", "\0\0", "(theme: \"sepia\", slot_minutes: -4, text_percent: 100)"] {
            std::fs::write(path(dir.path()), text).unwrap();
            assert_eq!(read(dir.path()), Settings::default(), "{text}");
        }
    }
}
