//! Normal staffing unrolled over a window: how many doctors a post needs, and when.

use super::lookup::Lookup;
use super::records::PostFacts;
use super::spans;
use crate::model::{Clock, Instant, Normal, PostId, Rota, Span, TimeOfDay, UnitId, Window};

const DAY: i64 = 24 * 60;

/// So many doctors over a stretch of time; never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeedStep {
    /// When, inside the window.
    pub span: Span,
    pub count: u32,
}

/// The need of every post in every window, by window and then post.
pub(super) fn of_all(
    rota: &Rota,
    clock: Clock,
    ids: &Lookup<PostId>,
    posts: &[PostFacts],
) -> Option<Vec<Vec<NeedStep>>> {
    let normals: Vec<Vec<Profile>> =
        rota.normals.iter().map(|normal| profiles(normal, ids, posts, rota)).collect::<Option<_>>()?;
    let mut needs = Vec::with_capacity(rota.windows.len() * posts.len());
    for window in &rota.windows {
        let normal = rota.normals.iter().position(|normal| normal.id == window.normal)?;
        let days = Days::of(window, clock);
        needs.extend(normals[normal].iter().map(|profile| days.unroll(profile)));
    }
    Some(needs)
}

/// A day of one post: steps by minutes of the day, in order, covering 0 to 1440 if there is any.
type Profile = Vec<(i64, i64, u32)>;

/// The day of every post under one kind of normal day; empty in a closed unit.
fn profiles(normal: &Normal, ids: &Lookup<PostId>, posts: &[PostFacts], rota: &Rota) -> Option<Vec<Profile>> {
    let mut edges: Vec<Vec<(i64, i64)>> = vec![Vec::new(); posts.len()];
    for line in normal.staffing.iter().filter(|line| line.count > 0) {
        let post = ids.get(&line.post)?;
        if normal.closed.contains(&rota.units[posts[post].unit].id) {
            continue;
        }
        edges[post].extend(daily_edges(line.from, line.to, line.count));
    }
    Some(edges.into_iter().map(profile).collect())
}

/// The changes that so many from one time of day to another bring about, at minutes of the day.
fn daily_edges(from: TimeOfDay, to: TimeOfDay, count: u32) -> impl Iterator<Item = (i64, i64)> {
    let (from, to, count) = (i64::from(from.minutes()), i64::from(to.minutes()), i64::from(count));
    // What runs past midnight is there when the day begins.
    let midnight = (from >= to).then_some((0, count));
    [(from, count), (to, -count)].into_iter().chain(midnight)
}

/// When nobody is normally in each unit, on purpose, by window and then unit.
pub(super) fn shut_of_all(rota: &Rota, clock: Clock, ids: &Lookup<UnitId>) -> Option<Vec<Vec<Vec<Span>>>> {
    let of_normal = |normal: &Normal| -> Option<Vec<Profile>> {
        let mut edges: Vec<Vec<(i64, i64)>> = vec![Vec::new(); rota.units.len()];
        for hours in &normal.shut {
            edges[ids.get(&hours.unit)?].extend(daily_edges(hours.from, hours.to, 1));
        }
        Some(edges.into_iter().map(profile).collect())
    };
    let normals: Vec<Vec<Profile>> = rota.normals.iter().map(of_normal).collect::<Option<_>>()?;
    let of_window = |window: &Window| {
        let normal = rota.normals.iter().position(|normal| normal.id == window.normal)?;
        let days = Days::of(window, clock);
        let shut = |profile: &Profile| spans::union(days.unroll(profile).iter().map(|step| step.span).collect());
        Some(normals[normal].iter().map(shut).collect())
    };
    rota.windows.iter().map(of_window).collect()
}

/// Steps from the changes at minutes of the day.
fn profile(mut edges: Vec<(i64, i64)>) -> Profile {
    edges.sort_unstable();
    let mut steps = Profile::new();
    let mut count: i64 = 0;
    for (at, edge) in edges.iter().enumerate() {
        count += edge.1;
        let to = edges.get(at + 1).map_or(DAY, |next| next.0);
        if edge.0 < to && count > 0 {
            steps.push((edge.0, to, u32::try_from(count).unwrap_or(u32::MAX)));
        }
    }
    steps
}

/// The civil days of a window, each with the stretch of it that is inside and the offset of its clocks.
struct Days(Vec<(Span, i64)>);

impl Days {
    fn of(window: &Window, clock: Clock) -> Self {
        let mut days = Vec::new();
        for (steady, offset) in clock.steady_parts(window.span) {
            let mut from = steady.from;
            while from < steady.to {
                let midnight = ((from.0 + offset).div_euclid(DAY)) * DAY - offset;
                let to = Instant(midnight + DAY).min(steady.to);
                days.push((Span::new(from, to), midnight));
                from = to;
            }
        }
        Self(days)
    }

    fn unroll(&self, profile: &Profile) -> Vec<NeedStep> {
        let mut steps: Vec<NeedStep> = Vec::new();
        if profile.is_empty() {
            return steps;
        }
        for (day, midnight) in &self.0 {
            for &(from, to, count) in profile {
                let Some(span) = day.overlap(Span::new(Instant(midnight + from), Instant(midnight + to))) else {
                    continue;
                };
                match steps.last_mut() {
                    Some(last) if last.span.to == span.from && last.count == count => last.span.to = span.to,
                    _ => steps.push(NeedStep { span, count }),
                }
            }
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_add_up_and_run_past_midnight() {
        // 20:00 to 08:00 two, 06:00 to 10:00 one.
        let steps = profile(vec![(1200, 2), (480, -2), (0, 2), (360, 1), (600, -1)]);
        assert_eq!(steps, [(0, 360, 2), (360, 480, 3), (480, 600, 1), (1200, 1440, 2)]);
        assert_eq!(profile(vec![(480, 1), (480, -1), (0, 1)]), [(0, 480, 1), (480, 1440, 1)], "the whole day");
    }
}
