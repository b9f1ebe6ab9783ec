//! What figures also say: the posts that they leave out, and when nobody is normally on them. Asked about before they
//! become the hospital's own, as nothing on the grid shows later that a post was forgotten.

use crate::model::{Normal, PostId, Rota, TimeOfDay, UnitId, words};

use super::Dialog;
use super::left_out_part::LeftOutPart;
use super::normal::is_agreed;

/// So many posts are listed; of more it says how many.
const LISTED_MAX: usize = 8;

/// The minutes of a day, each with whether it is meant.
type Minutes = [bool; 24 * 60];

/// What is asked before somebody's figures are agreed to; none where every post is staffed throughout, or the figures
/// that were agreed before left out the same.
pub(super) fn question(before: &Rota, after: &Rota, back: &Dialog) -> Option<LeftOutPart> {
    let Dialog::Normal(draft) = back else { return None };
    let id = draft.id.as_ref()?;
    let normal = after.normal(id).filter(|normal| !normal.example)?;
    let was = before.normal(id).filter(|was| !was.example && is_agreed(was) == is_agreed(normal));
    let mut lines = nobody_on(after, normal);
    if lines.is_empty() || was.is_some_and(|was| nobody_on(before, was) == lines) {
        return None;
    }
    let more = lines.len().saturating_sub(LISTED_MAX);
    if more > 0 {
        lines.truncate(LISTED_MAX);
        lines.push(format!("and {more} more"));
    }
    let about = format!(
        "By the figures of {}, nobody is needed on these posts at these times, so no gap is shown there:",
        words::safe(&normal.name)
    );
    Some(LeftOutPart { about, lines })
}

/// A line for each post of an open unit for which nobody is needed at some time of the days that are compared with this
/// normal day, such as `Triage SHO: 17:00–08:00`; those that are never staffed first.
fn nobody_on(rota: &Rota, normal: &Normal) -> Vec<String> {
    let days = minutes_of_days(rota, normal);
    let (mut never, mut at_times) = (Vec::new(), Vec::new());
    for post in rota.posts.iter().filter(|post| !normal.closed.contains(&post.unit)) {
        let open = without(&days, &shut(normal, &post.unit));
        let empty = without(&open, &staffed(normal, &post.id));
        let is_alone = rota.posts.iter().filter(|other| other.name == post.name).count() == 1;
        let unit = rota.unit(&post.unit).filter(|_| !is_alone).map_or(String::new(), |unit| format!("{} ", unit.name));
        let name = format!("{unit}{}", post.name);
        let name = words::safe(&name);
        match stretches(&empty) {
            _ if !empty.contains(&true) => {}
            _ if empty == open => never.push(format!("{name}: at any time")),
            times => at_times.push(format!("{name}: {}", times.join(", "))),
        }
    }
    never.extend(at_times);
    never
}

/// The times of day at which some day of the walkout is compared with it.
fn minutes_of_days(rota: &Rota, normal: &Normal) -> Minutes {
    let zone = rota.zone();
    let mut minutes = [false; 24 * 60];
    for window in rota.windows.iter().filter(|window| window.normal == normal.id) {
        if window.span.minutes() >= 24 * 60 {
            return [true; 24 * 60];
        }
        mark(&mut minutes, zone.time_of_day(window.span.from), zone.time_of_day(window.span.to));
    }
    minutes
}

fn shut(normal: &Normal, unit: &UnitId) -> Minutes {
    let mut minutes = [false; 24 * 60];
    for hours in normal.shut.iter().filter(|hours| hours.unit == *unit) {
        mark(&mut minutes, hours.from, hours.to);
    }
    minutes
}

fn staffed(normal: &Normal, post: &PostId) -> Minutes {
    let mut minutes = [false; 24 * 60];
    for line in normal.staffing.iter().filter(|line| line.post == *post && line.count > 0) {
        mark(&mut minutes, line.from, line.to);
    }
    minutes
}

/// Marks a stretch of the day; past midnight where it ends at or before its start.
fn mark(minutes: &mut Minutes, from: TimeOfDay, to: TimeOfDay) {
    let (from, to) = (usize::from(from.minutes()), usize::from(to.minutes()));
    if from < to {
        minutes[from..to].fill(true);
    } else {
        minutes[from..].fill(true);
        minutes[..to].fill(true);
    }
}

fn without(minutes: &Minutes, other: &Minutes) -> Minutes {
    std::array::from_fn(|at| minutes[at] && !other[at])
}

/// The stretches that are meant, such as `17:00–08:00`, in order of their starts.
fn stretches(minutes: &Minutes) -> Vec<String> {
    let day = minutes.len();
    let begins = (0..day).filter(|at| minutes[*at] && !minutes[(at + day - 1) % day]);
    let time = |at: usize| u16::try_from(at % day).ok().and_then(TimeOfDay::from_minutes);
    let stretch = |from: usize| {
        let to = (from..from + day).find(|at| !minutes[at % day])?;
        Some(format!("{}–{}", time(from)?, time(to)?))
    };
    begins.filter_map(stretch).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{post_id, rota, span, with_day};
    use super::super::super::grid_tests::{editor, run};
    use super::super::super::{Action, Ask, Editor};
    use super::super::NormalDraft;
    use super::*;
    use crate::model::ShutHours;

    /// Opens the figures, has them agreed with that changed, and presses OK: the question.
    fn asked(editor: &mut Editor, change: impl FnOnce(&mut NormalDraft)) -> Option<(String, Vec<String>)> {
        run(editor, Action::Ask(Ask::Normal(None)));
        let Some(Dialog::Normal(draft)) = editor.dialog() else { panic!("{:?}", editor.dialog()) };
        let mut draft = draft.clone();
        change(&mut draft);
        run(editor, Action::DialogEdited(Box::new(Dialog::Normal(draft))));
        run(editor, Action::DialogOk);
        let Some(Dialog::LeftOut(question)) = editor.dialog() else { return None };
        Some((question.main.clone(), question.parts.iter().flat_map(|part| part.lines.clone()).collect()))
    }

    fn agree(draft: &mut NormalDraft) {
        draft.set_ours(true);
        (draft.agreed_by, draft.agreed_on) = ("Clinical lead".to_owned(), "11/4".to_owned());
    }

    fn example() -> Rota {
        let mut rota = with_day(rota(), span("2016-04-27T08:00", "2016-04-28T08:00"));
        rota.normals[0].example = true;
        rota
    }

    #[test]
    fn posts_that_figures_leave_out_are_asked_about_once_before_they_are_agreed() {
        let before = example();
        let mut editor = editor(before.clone());
        let (main, lines) = asked(&mut editor, agree).unwrap();
        assert_eq!(main, "Nobody, on purpose");
        assert_eq!(lines, ["SHO: at any time", "Middle grade: 18:00–08:00", "Consultant: 17:00–08:00"]);
        assert_eq!(*editor.doc().unwrap().rota(), before, "nothing is done yet");
        run(&mut editor, Action::CloseDialog);
        assert!(matches!(editor.dialog(), Some(Dialog::Normal(draft)) if draft.are_ours), "back where it was agreed");
        run(&mut editor, Action::DialogOk);
        run(&mut editor, Action::DialogOk);
        assert_eq!((editor.doc().unwrap().rota().normals[0].example, editor.dialog()), (false, None));
        let told = asked(&mut editor, |draft| draft.name = "Our weekday".to_owned());
        assert_eq!((told, editor.dialog()), (None, None), "the same posts are left out as before");
        let more = asked(&mut editor, |draft| {
            draft.lines.retain(|line| line.post != post_id("cons"));
            draft.lapsed = true;
            agree(draft);
        });
        assert_eq!(more.unwrap().1[..2], ["SHO: at any time", "Consultant: at any time"]);
    }

    #[test]
    fn only_the_times_of_the_days_compared_with_them_outside_shut_hours_count() {
        let mut rota = example();
        rota.windows.pop();
        let day = |rota: &Rota| nobody_on(rota, &rota.normals[0]);
        assert_eq!(day(&rota), ["SHO: at any time"], "08:00–17:00");
        let unit = rota.units[0].id.clone();
        let hours = |from: &str, to: &str| ShutHours {
            unit: unit.clone(),
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        };
        rota.normals[0].shut.push(hours("08:00", "12:00"));
        rota.normals[0].staffing[0].from = "13:30".parse().unwrap();
        assert_eq!(day(&rota), ["SHO: at any time", "Consultant: 12:00–13:30"]);
        rota.normals[0].closed.push(unit.clone());
        assert_eq!(day(&rota), [""; 0], "closed");
        rota.normals[0].closed.clear();
        rota.windows.clear();
        assert_eq!(day(&rota), [""; 0], "no day is compared with them");
    }

    #[test]
    fn of_many_posts_the_first_are_listed_and_the_rest_counted() {
        let mut rota = example();
        for at in 0..9 {
            let mut post = rota.posts[0].clone();
            (post.id, post.name) = (post_id(&format!("x{at}")), format!("Extra {at}"));
            rota.posts.push(post);
        }
        let lines = asked(&mut editor(rota), agree).unwrap().1;
        assert_eq!((lines.len(), lines[8].as_str()), (9, "and 4 more"));
    }
}
