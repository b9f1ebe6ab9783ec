//! A unit that is to be closed, or a walkout day that gets shorter, takes cover out of sight; a post that asks for less
//! makes agreed figures another thing, one that is held from home makes an agreed shift another, and figures that are to be
//! agreed leave posts out: asked about before it is done, with the posts and whoever is on them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::{Assignment, PersonId, Post, Rota, Span, Status, Unit, Window, words};

use super::super::Editor;
use super::super::assign::names;
use super::super::dates::day_at;
use super::draft::DialogDraft;
use super::left_out_part::LeftOutPart;
use super::{Dialog, consent, needed, nobody_on};

/// The question.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOutDraft {
    /// Such as "Close A&E?".
    pub title: String,
    /// What the button says.
    pub main: String,
    /// What is no longer checked, and who is there then; or what is no longer needed.
    pub parts: Vec<LeftOutPart>,
    /// The dialog that it was asked for: where Back leads, and what is done.
    pub back: Box<Dialog>,
}

impl LeftOutDraft {
    /// What has to be asked before a rota becomes another one by that dialog; none if nothing goes out of sight, and as
    /// much is needed as before.
    pub fn of(before: &Rota, after: &Rota, back: &Dialog) -> Option<Self> {
        let (other_work, less) = (consent::question(before, after), needed::question(before, after));
        if other_work.is_some() || less.is_some() {
            let title = if other_work.is_some() { "Change what was agreed?" } else { "Have the figures agreed again?" };
            let (title, main) = (title.to_owned(), "Change".to_owned());
            let parts = other_work.into_iter().chain(less).collect();
            return Some(Self { title, main, parts, back: Box::new(back.clone()) });
        }
        let closed: Vec<(&Unit, LeftOutPart)> =
            after.units.iter().filter_map(|unit| Some((unit, closing(before, after, unit)?))).collect();
        let outside = outside(before, after, back);
        let nobody = nobody_on::question(before, after, back);
        let (title, main) = match (closed.as_slice(), &outside) {
            ([], None) if nobody.is_none() => return None,
            ([], None) => {
                ("Nobody is normally on these posts at these times?".to_owned(), "Nobody, on purpose".to_owned())
            }
            ([(unit, _)], None) => {
                let close = format!("Close {}", words::safe(&unit.name));
                (format!("{close}?"), close)
            }
            (several, None) => {
                let close = format!("Close {} units", several.len());
                (format!("{close}?"), close)
            }
            (_, Some(_)) => ("Cover would be outside the walkout times".to_owned(), "Change times".to_owned()),
        };
        let parts = outside.into_iter().chain(closed.into_iter().map(|(_, part)| part)).chain(nobody).collect();
        Some(Self { title, main, parts, back: Box::new(back.clone()) })
    }
}

impl DialogDraft for LeftOutDraft {
    /// Whoever does not mean it goes on where it was typed.
    fn cancelled(&self, editor: &mut Editor) {
        editor.dialog = Some((*self.back).clone());
    }
}

/// The days on which a unit opens before and not after, and who is on its posts then; none if it is closed on no more
/// days.
fn closing(before: &Rota, after: &Rota, unit: &Unit) -> Option<LeftOutPart> {
    let is_closed = |rota: &Rota, window: &Window| {
        rota.normal(&window.normal).is_some_and(|normal| normal.closed.contains(&unit.id))
    };
    let is_closing = |window: &&Window| {
        is_closed(after, window) && before.window(&window.id).is_some_and(|old| !is_closed(before, old))
    };
    let windows: Vec<&Window> = after.windows.iter().filter(is_closing).collect();
    let first = windows.first()?;
    let zone = after.zone();
    let date = |window: &Window| words::day(zone, window.span.from);
    // A day and a night of one date are told apart by their times.
    let is_only = |window: &Window| after.windows.iter().filter(|other| date(other) == date(window)).count() == 1;
    let name = |window: &&Window| {
        if is_only(window) { date(window) } else { format!("{} {}", date(window), words::times(zone, window.span)) }
    };
    let days: Vec<String> = windows.iter().map(name).collect();
    let name = words::safe(&unit.name);
    let on = |span: &Span| windows.iter().any(|window| window.span.overlaps(*span));
    let held: Vec<(&Assignment, Span)> = after
        .assignments
        .iter()
        .filter(|a| a.status != Status::Declined && on(&a.span))
        .filter(|a| after.post(&a.post).is_some_and(|post| post.unit == unit.id))
        .map(|a| (a, a.span))
        .collect();
    let normally = after.normal(&first.normal).map_or(&[][..], |normal| &normal.staffing);
    let is_staffed =
        normally.iter().any(|line| line.count > 0 && after.post(&line.post).is_some_and(|p| p.unit == unit.id));
    if held.is_empty() && !is_staffed {
        return None;
    }
    let not_checked = format!("{name} will not be checked on {}: no gap in it is shown.", words::list(&days));
    let (who, lines) = on_posts(after, &held);
    let about = match who {
        0 => format!("{not_checked} Nobody is on its posts then."),
        1 => format!("{not_checked} 1 person is on its posts then, and stays there:"),
        more => format!("{not_checked} {more} people are on its posts then, and stay there:"),
    };
    Some(LeftOutPart { about, lines })
}

/// What lies outside the walkout times that did not before. Where the walkout moves to other days, it was asked already
/// what stays on the old ones.
fn outside(before: &Rota, after: &Rota, back: &Dialog) -> Option<LeftOutPart> {
    let is_asked = |a: &Assignment, old: &Assignment| matches!(back, Dialog::MovedDays(_)) && a.span == old.span;
    let minutes = |pieces: &[Span]| pieces.iter().map(|piece| piece.minutes()).sum::<i64>();
    let mut held = Vec::new();
    for assignment in after.assignments.iter().filter(|a| a.status != Status::Declined) {
        let Some(old) = before.assignment(&assignment.id).filter(|old| !is_asked(assignment, old)) else { continue };
        let (now, was) = (beyond(after, assignment.span), beyond(before, old.span));
        if minutes(&now) > minutes(&was) {
            let new = was.into_iter().fold(now, without);
            held.extend(new.into_iter().map(|piece| (assignment, piece)));
        }
    }
    let (who, lines) = when_on_posts(after, &held);
    let has = if who == 1 { "has" } else { "have" };
    let about = format!("{} {has} cover outside the walkout times, where nothing is checked:", words::people(who));
    (who > 0).then_some(LeftOutPart { about, lines })
}

/// The parts of a span that are in no window.
fn beyond(rota: &Rota, span: Span) -> Vec<Span> {
    rota.windows.iter().map(|window| window.span).fold(vec![span], without)
}

fn without(pieces: Vec<Span>, other: Span) -> Vec<Span> {
    pieces.into_iter().flat_map(|piece| piece.without(other)).collect()
}

/// How many people those are, and a line for each post, such as `Majors SHO: KP and RS`.
fn on_posts(rota: &Rota, held: &[(&Assignment, Span)]) -> (usize, Vec<String>) {
    let line = |post: &Post| {
        let there: Vec<&PersonId> = held.iter().filter(|(a, _)| a.post == post.id).map(|(a, _)| &a.person).collect();
        (!there.is_empty()).then(|| format!("{}: {}", words::safe(&post.name), names(rota, there)))
    };
    (count(held), rota.posts.iter().filter_map(line).collect())
}

/// The same with a line for each post and day, such as `A&E Majors SHO, 09:00–17:00 Tue 26-Apr-2016: KP and RS`.
fn when_on_posts(rota: &Rota, held: &[(&Assignment, Span)]) -> (usize, Vec<String>) {
    let zone = rota.zone();
    let mut lines = Vec::new();
    for post in &rota.posts {
        let of_post: Vec<&(&Assignment, Span)> = held.iter().filter(|(a, _)| a.post == post.id).collect();
        let mut days: Vec<NaiveDate> = of_post.iter().map(|(_, piece)| day_at(zone, piece.from)).collect();
        days.sort();
        days.dedup();
        let unit = rota.unit(&post.unit).map_or("", |unit| unit.name.as_str());
        for day in days {
            let then = || of_post.iter().filter(|(_, piece)| day_at(zone, piece.from) == day);
            let Some(span) = Span::around(then().map(|(_, piece)| *piece)) else { continue };
            let (unit, post) = (words::safe(unit), words::safe(&post.name));
            let people = names(rota, then().map(|(a, _)| &a.person));
            lines.push(format!("{unit} {post}, {}: {people}", words::span(zone, span)));
        }
    }
    (count(held), lines)
}

/// How many people those are.
fn count(held: &[(&Assignment, Span)]) -> usize {
    held.iter().map(|(a, _)| &a.person).collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{rota, span, with_day};
    use super::*;

    #[test]
    fn a_day_and_a_night_of_one_date_are_told_apart_by_their_times() {
        let before = with_day(rota(), span("2016-04-26T17:00", "2016-04-26T23:00"));
        let mut after = before.clone();
        after.normals[0].closed.push(after.units[0].id.clone());
        let part = closing(&before, &after, &after.units[0]).unwrap();
        let days = "on Tue 26-Apr 08:00–17:00 and Tue 26-Apr 17:00–23:00: ";
        assert!(part.about.contains(days), "{}", part.about);
    }
}
