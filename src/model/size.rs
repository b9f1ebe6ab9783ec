//! How large a rota may be.
//!
//! A file of 16 MiB can ask for far more than it says: a short line of normal staffing on each day of a hundred years,
//! thousands of windows on thousands of units. What no hospital has is a fault, told like any other, so that whatever
//! is opened is checked in good time and memory. The limits are far from what a walkout needs:
//!
//! - a window is at most 366 days long, and there are at most 400;
//! - windows times units are at most 20,000, windows times posts 50,000, and windows times lines of normal
//!   staffing 1,000,000;
//! - the moments at which need or presence of a unit may change, times its posts and tiers, are at most 8,000,000.
//!
//! They are looked at with everything else, when a file is opened and when windows, units, posts, normal staffing or
//! more than a few records change; not with each edit of one assignment, which comes nowhere near them.

use std::collections::BTreeMap;

use super::fault::Found;
use super::rota::{Person, Rota, Window};
use super::time::Span;
use super::{NormalId, PersonId, PostId, UnitId};

/// A window is at most 366 days long; an hour more where the clocks go back.
pub(super) const WINDOW_MINUTES_MAX: i64 = 366 * DAY + 60;

const DAY: i64 = 24 * 60;
const WINDOWS_MAX: usize = 400;
const UNITS_IN_WINDOWS_MAX: usize = 20_000;
const POSTS_IN_WINDOWS_MAX: usize = 50_000;
const LINES_IN_WINDOWS_MAX: usize = 1_000_000;
const STEPS_MAX: i64 = 8_000_000;

/// A tier in one step takes as much as so many posts.
const POSTS_A_TIER: usize = 4;

/// People with more than this to compare are taken to have all of it at once.
const COMPARED_MAX: usize = 10_000;

/// What is too much of.
pub(super) fn size_faults(rota: &Rota, found: &mut Found) {
    let windows = rota.windows.len();
    if windows > WINDOWS_MAX {
        found.add("windows", format!("there are {windows}, at most {WINDOWS_MAX}: remove some, or split the rota"));
        return;
    }
    let lines = rota.normals.iter().map(|normal| normal.staffing.len()).max().unwrap_or(0);
    let lists = [
        ("units", rota.units.len(), UNITS_IN_WINDOWS_MAX),
        ("posts", rota.posts.len(), POSTS_IN_WINDOWS_MAX),
        ("normals, staffing", lines, LINES_IN_WINDOWS_MAX),
    ];
    let mut is_too_much = false;
    for (list, count, most) in lists {
        if count.saturating_mul(windows) > most {
            let what = format!("there are {count}, times {windows} days, together at most {most}");
            found.add(list, format!("{what}: remove some, or split the rota"));
            is_too_much = true;
        }
    }
    let is_long = rota.windows.iter().any(|window| window.span.minutes() > WINDOW_MINUTES_MAX);
    if !is_too_much && !is_long && steps(rota) > STEPS_MAX {
        found.add("normals", "with these days, posts and shifts there is too much to check: split the rota");
    }
}

/// One unit, by what the work of checking it grows with.
#[derive(Default)]
struct Load {
    /// Its posts and tiers.
    width: usize,
    /// Lines of normal staffing, by its id.
    lines: BTreeMap<NormalId, i64>,
    /// Edges of assignments, by window.
    edges: Vec<i64>,
}

/// At most so many figures are worked out for need and presence: moments times posts and tiers, over units and windows.
fn steps(rota: &Rota) -> i64 {
    let units: BTreeMap<&UnitId, usize> = rota.units.iter().zip(0..).map(|(unit, at)| (&unit.id, at)).collect();
    let posts: BTreeMap<&PostId, usize> =
        rota.posts.iter().filter_map(|post| Some((&post.id, *units.get(&post.unit)?))).collect();
    let mut loads: Vec<Load> = rota.units.iter().map(|unit| Load::new(unit.tiers.len(), rota.windows.len())).collect();
    for post in &rota.posts {
        if let Some(unit) = posts.get(&post.id) {
            loads[*unit].width += 1;
        }
    }
    for normal in &rota.normals {
        for line in &normal.staffing {
            if let Some(unit) = posts.get(&line.post) {
                *loads[*unit].lines.entry(normal.id.clone()).or_default() += 1;
            }
        }
    }
    add_assignments(rota, &posts, &mut loads);
    let of_window = |(at, window): (usize, &Window)| loads.iter().map(move |load| load.steps(window, at)).sum::<i64>();
    rota.windows.iter().enumerate().map(of_window).fold(0, i64::saturating_add)
}

impl Load {
    fn new(tiers: usize, windows: usize) -> Self {
        Self { width: tiers * POSTS_A_TIER, lines: BTreeMap::new(), edges: vec![0; windows] }
    }

    fn steps(&self, window: &Window, at: usize) -> i64 {
        let minutes = window.span.minutes().max(0);
        let lines = self.lines.get(&window.normal).copied().unwrap_or(0);
        let edges = 2 + 3 * lines * (minutes / DAY + 2) + self.edges[at];
        edges.min(minutes + 1).saturating_mul(i64::try_from(self.width).unwrap_or(i64::MAX))
    }
}

fn add_assignments(rota: &Rota, posts: &BTreeMap<&PostId, usize>, loads: &mut [Load]) {
    let mut sessions: BTreeMap<&PersonId, Vec<Span>> = BTreeMap::new();
    for session in &rota.sessions {
        for person in &session.team {
            sessions.entry(person).or_default().push(session.span);
        }
    }
    let people: BTreeMap<&PersonId, &Person> = rota.people.iter().map(|person| (&person.id, person)).collect();
    let mut held: BTreeMap<&PersonId, Vec<(Span, usize)>> = BTreeMap::new();
    for assignment in &rota.assignments {
        if let Some(unit) = posts.get(&assignment.post) {
            held.entry(&assignment.person).or_default().push((assignment.span, *unit));
        }
    }
    for (id, held) in held {
        let person = people.get(id).copied();
        let availability = person.into_iter().flat_map(|person| &person.availability).map(|said| said.span);
        let duties = person.into_iter().flat_map(|person| &person.duties).map(|duty| duty.span);
        let others: Vec<Span> =
            availability.chain(duties).chain(sessions.get(id).into_iter().flatten().copied()).collect();
        let is_compared = others.len().saturating_mul(held.len()) <= COMPARED_MAX;
        for (span, unit) in held {
            let at_once = others.iter().filter(|other| !is_compared || other.overlaps(span)).count();
            let edges = 2 + 2 * i64::try_from(at_once).unwrap_or(i64::MAX / 8);
            for (at, window) in rota.windows.iter().enumerate().filter(|(_, window)| window.span.overlaps(span)) {
                loads[unit].edges[at] = loads[unit].edges[at].saturating_add(edges).min(window.span.minutes());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{
        Instant, Normal, NormalId, Post, PostId, Rota, Span, StaffingLine, Tier, TierId, TimeOfDay, Unit, UnitId,
        Window, WindowId, faults,
    };

    fn window(at: usize, minutes: i64) -> Window {
        Window {
            id: WindowId::new(&format!("w{at}")).unwrap(),
            label: String::new(),
            span: Span::new(Instant(0), Instant(minutes)),
            normal: NormalId::new("n").unwrap(),
        }
    }

    fn unit(at: usize) -> Unit {
        Unit::new(
            UnitId::new(&format!("u{at}")).unwrap(),
            String::new(),
            vec![Tier { id: TierId::new("a").unwrap(), name: String::new() }],
        )
    }

    fn rota(windows: Vec<Window>, units: usize) -> Rota {
        let normal = Normal::new(NormalId::new("n").unwrap(), "");
        Rota { windows, units: (0..units).map(unit).collect(), normals: vec![normal], ..Rota::empty() }
    }

    fn messages(rota: &Rota) -> Vec<String> {
        faults(rota).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_window_is_at_most_366_days_long() {
        const DAYS: i64 = 366 * 24 * 60;
        assert_eq!(messages(&rota(vec![window(0, DAYS)], 1)), [] as [&str; 0]);
        let long = "windows \"w0\": longer than 366 days: split it, best into single days";
        assert_eq!(messages(&rota(vec![window(0, DAYS + 61)], 1)), [long]);
    }

    #[test]
    fn there_are_at_most_400_windows() {
        let windows = |count: usize| rota((0..count).map(|at| window(at, 60)).collect(), 1);
        assert_eq!(messages(&windows(400)), [] as [&str; 0]);
        assert_eq!(messages(&windows(401)), ["windows: there are 401, at most 400: remove some, or split the rota"]);
    }

    #[test]
    fn units_times_windows_are_at_most_20_000() {
        let windows = || vec![window(0, 60), window(1, 60)];
        assert_eq!(messages(&rota(windows(), 10_000)), [] as [&str; 0]);
        let told = messages(&rota(windows(), 10_001));
        let many = "units: there are 10001, times 2 days, together at most 20000: remove some, or split the rota";
        assert_eq!(told, [many]);
    }

    #[test]
    fn a_change_every_minute_of_a_year_is_too_much_for_many_posts() {
        let mut rota = rota(vec![window(0, 366 * 24 * 60)], 1);
        for at in 0..12 {
            let (id, unit) = (PostId::new(&format!("q{at}")).unwrap(), rota.units[0].id.clone());
            rota.posts.push(Post::new(id, unit, TierId::new("a").unwrap(), ""));
        }
        let line = |minute: u16| StaffingLine {
            post: rota.posts[0].id.clone(),
            from: TimeOfDay::from_minutes(minute).unwrap(),
            to: TimeOfDay::from_minutes(minute + 1).unwrap(),
            count: 1,
        };
        let lines: Vec<StaffingLine> = (0..700).map(|at| line(2 * at)).collect();
        rota.normals[0].staffing = lines[..10].to_vec();
        assert_eq!(messages(&rota), [] as [&str; 0]);
        rota.normals[0].staffing = lines;
        assert_eq!(
            messages(&rota),
            ["normals: with these days, posts and shifts there is too much to check: split the rota"]
        );
    }
}
