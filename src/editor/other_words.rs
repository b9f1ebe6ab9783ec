//! Other words by which people look for an action. What changes a status has none: it is reached by its own name.

use super::Verb;

/// Words that are not in its name; empty where its name is what everybody calls it.
pub(super) fn other_words(verb: Verb) -> &'static str {
    match verb {
        Verb::New => "create template start",
        Verb::Open => "load file",
        Verb::Recover => "restore lost crash unsaved",
        Verb::SaveCopy => "send share backup",
        Verb::Export => "send share print spreadsheet excel csv calendar outlook message text booking sitrep return",
        Verb::Undo => "back revert restore",
        Verb::Redo => "again repeat",
        Verb::Copy => "spreadsheet excel",
        Verb::Paste => "import spreadsheet excel",
        Verb::Clear => "delete remove erase",
        Verb::Find => "search look filter",
        Verb::SuggestCover => "plan fill automatic",
        Verb::Lock => "pin freeze fix",
        Verb::ChangeTime => "hours shorten lengthen start end",
        Verb::SwapPeople => "exchange",
        Verb::CopyDay => "duplicate",
        Verb::NotFreeFrom => "sick ill illness absent off leave unavailable away not free",
        Verb::MarkTraineesNotAvailable => "absent off",
        Verb::AddPerson => "new staff doctor",
        Verb::EditPerson => "phone telephone mobile contact number ring call bleep rename grade availability available",
        Verb::SetForSeveral => "bulk many scope",
        Verb::PastePeople => "import staff spreadsheet excel",
        Verb::PasteSessions => "import clinics lists spreadsheet excel",
        Verb::AddSession => "new clinic list theatre",
        Verb::SessionOn => "postpone cancel clinic list",
        Verb::SessionBack => "reinstate clinic list run",
        Verb::NormalStaffing => "baseline usual numbers",
        Verb::Windows => "days dates walkout times",
        Verb::Competencies => "skills",
        Verb::RotaProperties => "title hospital region time zone name details settings",
        Verb::Zoom15 | Verb::Zoom30 | Verb::Zoom60 => "zoom slots columns",
        Verb::TextLarger | Verb::TextSmaller | Verb::TextNormal => "zoom font bigger size",
        Verb::ThemeSystem | Verb::ThemeLight | Verb::ThemeDark | Verb::ThemeHighContrast => "colours appearance mode",
        Verb::ToggleProblemsPanel => "gaps errors warnings",
        Verb::NextProblem => "gap short empty",
        Verb::ViewPeople => "staff doctors trainees residents juniors free",
        Verb::Help => "keys shortcuts manual hazards risks",
        _ => "",
    }
}
