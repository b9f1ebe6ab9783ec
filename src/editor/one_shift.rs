//! How much of a long gap one person is asked to fill: up to the next handover, and no more than a shift.

use crate::checker::Gap;
use crate::model::{Instant, PostId, Rota, Span, TimeOfDay};

use super::lanes::{Grid, GridWindow};

/// The longest piece of a gap that one person is asked for, in minutes: nobody works more than 13 hours at once.
const MINUTES_MAX: i64 = 13 * 60;

/// A gap of up to 13 hours as it is; of a longer one the first piece, up to the unit's next handover or 13 hours. A post
/// held from home is no shift at work and stays whole.
pub fn one_shift(rota: &Rota, gap: Gap) -> Gap {
    let Some(post) = rota.post(&gap.post).filter(|post| !post.on_call && gap.span.minutes() > MINUTES_MAX) else {
        return gap;
    };
    let most = Span::new(gap.span.from, gap.span.from.plus(MINUTES_MAX));
    let handovers = rota.unit(&post.unit).map_or(&[][..], |unit| &unit.handovers);
    let starts = handovers.iter().flat_map(|time| moments(rota, most, *time));
    let next = starts.filter(|at| *at > most.from).min();
    let next = next.or_else(|| change_of_staff(rota, &gap.post, most)).unwrap_or(most.to);
    Gap { span: Span::new(most.from, next), ..gap }
}

/// Where the shift is likely to end that goes on over a change of day: at the first change of the post's normal staffing
/// after it, else at the change of day; nothing where no two days meet in that time.
fn change_of_staff(rota: &Rota, post: &PostId, most: Span) -> Option<Instant> {
    let is_end = |at: Instant| rota.windows.iter().any(|window| window.span.to == at);
    let next = rota.windows.iter().filter(|next| most.from < next.span.from && next.span.from < most.to);
    let next = next.filter(|next| is_end(next.span.from)).min_by_key(|next| next.span.from)?;
    let lines = rota.normal(&next.normal).into_iter().flat_map(|normal| &normal.staffing);
    let edges = lines.filter(|line| line.post == *post).flat_map(|line| [line.from, line.to]);
    let after = Span::new(next.span.from, most.to);
    let edges = edges.flat_map(|time| moments(rota, after, time));
    edges.min().or(Some(next.span.from))
}

/// When that time of day begins in a span.
fn moments(rota: &Rota, span: Span, time: TimeOfDay) -> impl Iterator<Item = Instant> {
    let minute_after = TimeOfDay::from_minutes((time.minutes() + 1) % (24 * 60)).unwrap_or(time);
    rota.zone().daily_parts(span, time, minute_after).into_iter().map(|part| part.from)
}

/// All of a gap, shift after shift.
pub fn shifts(rota: &Rota, gap: &Gap) -> impl Iterator<Item = Gap> {
    let mut rest = gap.clone();
    std::iter::from_fn(move || {
        let shift = (rest.span.from < rest.span.to).then(|| one_shift(rota, rest.clone()))?;
        rest.span.from = shift.span.to;
        Some(shift)
    })
}

/// The piece of a gap that holds a moment, as one person is asked for it; all of the gap where none does.
pub(super) fn shift_at(rota: &Rota, gap: &Gap, at: Instant) -> Span {
    shifts(rota, gap).map(|shift| shift.span).find(|shift| shift.contains(at)).unwrap_or(gap.span)
}

/// The piece of a gap of a window that holds a moment, as one person is asked for it, with what goes on of it in the
/// days that touch the window.
pub fn shift_in(rota: &Rota, grid: &Grid, window: &GridWindow, gap: &Gap, at: Instant) -> Span {
    let span = asked_whole(rota, grid, window, &gap.post, gap.span);
    shift_at(rota, &Gap { span, ..gap.clone() }, at)
}

/// All of a gap of a window, with what goes on of it in the days that touch the window. A post held from home is asked
/// for whole: what is longer than a day of it stays the gap of its window.
pub fn asked_whole(rota: &Rota, grid: &Grid, window: &GridWindow, post: &PostId, gap: Span) -> Span {
    const ON_CALL_MAX: i64 = 24 * 60;
    let whole = grid.whole_gap(window, post, gap);
    let is_on_call = rota.post(post).is_some_and(|post| post.on_call);
    if is_on_call && whole.minutes() > ON_CALL_MAX { gap } else { whole }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{post_id, rota, span};
    use super::*;

    fn piece(from: &str, to: &str) -> Span {
        one_shift(&rota(), Gap { post: post_id("mg"), span: span(from, to) }).span
    }

    #[test]
    fn a_gap_of_a_day_is_asked_for_up_to_the_next_handover() {
        // The unit hands over at 13:00.
        assert_eq!(piece("2016-04-26T07:00", "2016-04-27T07:00"), span("07:00", "13:00"));
        assert_eq!(piece("2016-04-26T13:00", "2016-04-27T07:00"), span("2016-04-26T13:00", "2016-04-27T02:00"));
        assert_eq!(piece("08:00", "17:00"), span("08:00", "17:00"), "a gap of one shift is asked for whole");
        assert_eq!(piece("2016-04-26T08:00", "2016-04-26T21:00"), span("08:00", "21:00"), "13 hours are a shift");
    }

    #[test]
    fn a_gap_of_a_day_is_some_shifts() {
        let day = Gap { post: post_id("mg"), span: span("2016-04-26T07:00", "2016-04-27T07:00") };
        let shifts: Vec<Span> = shifts(&rota(), &day).map(|shift| shift.span).collect();
        let at = |from: &str, to: &str| span(&format!("2016-04-{from}"), &format!("2016-04-{to}"));
        assert_eq!(shifts, [at("26T07:00", "26T13:00"), at("26T13:00", "27T02:00"), at("27T02:00", "27T07:00")]);
    }

    #[test]
    fn the_piece_under_the_pointer_is_the_shift_that_it_falls_into() {
        let whole = span("2016-04-26T07:00", "2016-04-27T07:00");
        let at =
            |time| shift_at(&rota(), &Gap { post: post_id("mg"), span: whole }, span(time, "2016-04-27T08:00").from);
        assert_eq!(at("2016-04-26T07:00"), span("07:00", "13:00"));
        assert_eq!(at("2016-04-26T15:00"), span("2016-04-26T13:00", "2016-04-27T02:00"));
        assert_eq!(at("2016-04-27T06:00"), span("2016-04-27T02:00", "2016-04-27T07:00"));
    }

    #[test]
    fn a_post_held_from_home_is_asked_for_whole() {
        let mut rota = rota();
        rota.posts.iter_mut().filter(|post| post.id == post_id("mg")).for_each(|post| post.on_call = true);
        let day = span("2016-04-26T07:00", "2016-04-27T07:00");
        assert_eq!(one_shift(&rota, Gap { post: post_id("mg"), span: day }).span, day);
    }
}
