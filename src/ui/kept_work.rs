//! The words for work that an earlier run of the program kept, wherever that work is offered.

use crate::editor::{KeptWork, Moment};
use crate::model::{Instant, Zone, words};

/// The heading of kept work.
pub const KEPT_FOUND: &str = "Unsaved changes found";

/// How many rotas with kept work there are besides the one that is named.
pub fn others(count: usize) -> String {
    match count {
        0 | 1 => String::new(),
        2 => " 1 more rota has unsaved changes.".to_owned(),
        many => format!(" {} more rotas have unsaved changes.", many - 1),
    }
}

/// The rota's title, or its file's name.
pub fn kept_title(kept: &KeptWork) -> String {
    let file = kept.path.as_deref().and_then(std::path::Path::file_name);
    match (kept.title.trim(), file) {
        ("", Some(name)) => words::safe(&name.to_string_lossy()).into_owned(),
        ("", None) => "A rota without a title".to_owned(),
        (title, _) => words::safe(title).into_owned(),
    }
}

/// Such as `kept Thu 21-Apr-2016 07:58:05; the file was last saved 07:51. 4 changes are not in the file.`
pub fn kept_text(kept: &KeptWork, zone: Zone) -> String {
    let clock = |at: Moment| format!("{} {}:{:02}", words::date(zone, at.at), words::time(zone, at.at), at.second);
    let when = kept.kept.map_or_else(|| "kept at an unknown time".to_owned(), |at| format!("kept {}", clock(at)));
    let saved = match (&kept.path, kept.saved) {
        (None, _) => "; it was never saved to a file".to_owned(),
        (Some(_), None) => String::new(),
        (Some(_), Some(saved)) => format!("; the file was last saved {}", minute(zone, saved.at, kept.kept)),
    };
    let changes = match kept.path.as_ref().map_or(0, |_| kept.changes) {
        0 => String::new(),
        1 => " 1 change is not in the file.".to_owned(),
        many => format!(" {many} changes are not in the file."),
    };
    format!("{when}{saved}.{changes}")
}

/// Date and time to the minute, which is all that a file says; the time alone on the day of `other`.
fn minute(zone: Zone, at: Instant, other: Option<Moment>) -> String {
    let (day, time) = (words::date(zone, at), words::time(zone, at));
    if other.is_some_and(|other| words::date(zone, other.at) == day) { time } else { format!("{day} {time}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_counted() {
        assert_eq!(
            ["", " 1 more rota has unsaved changes.", " 2 more rotas have unsaved changes."],
            [1, 2, 3].map(others)
        );
    }

    #[test]
    fn kept_work_says_both_times() {
        // 21 April 2016, 07:00 in London.
        let moment = |minutes: i64, second: u8| Moment { at: Instant(24_353_640 + minutes), second };
        let mut kept = KeptWork {
            kept_path: "k".into(),
            title: "Walkout cover".to_owned(),
            kept: Some(moment(58, 5)),
            path: Some("r.ron".into()),
            saved: Some(moment(51, 40)),
            changes: 4,
        };
        assert_eq!(
            kept_text(&kept, Zone::LONDON),
            "kept Thu 21-Apr-2016 07:58:05; the file was last saved 07:51. 4 changes are not in the file."
        );
        assert_eq!(kept_title(&kept), "Walkout cover");
        kept.title.clear();
        assert_eq!(kept_title(&kept), "r.ron");
        kept.path = None;
        kept.changes = 1;
        assert_eq!(kept_text(&kept, Zone::LONDON), "kept Thu 21-Apr-2016 07:58:05; it was never saved to a file.");
        assert_eq!(kept_title(&kept), "A rota without a title");
    }
}
