//! Hospitals small enough to try out every plan, with everything in them that a planner has to mind.

use cover_rota::model::{
    Assignment, AssignmentId, Availability, Available, Competency, CompetencyId, Duty, DutyKind, Instant, MayCover,
    Normal, NormalId, Person, PersonId, Post, PostId, Properties, Rota, Rules, Session, SessionId, SessionKind,
    SessionState, Span, StaffingLine, Status, Tier, TierId, TimeOfDay, Unit, UnitId, Window, WindowId, Zone,
};
use cover_rota::planner::Scope;

use crate::random::Dice;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// Monday 27 April 2026, 00:00 UTC.
const MONDAY: i64 = 20_570 * DAY;

/// What a hospital is meant to try out most.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A few hours of one or two days.
    Cover,
    /// Duties and long windows: hours and rest bind.
    Tired,
    /// Nights one after the other: the runs of trainees.
    Nights,
}

struct Maker {
    dice: Dice,
    kind: Kind,
    zone: Zone,
    /// Minutes that the clocks are ahead of UTC.
    offset: i64,
    /// Times are multiples of so many minutes, mostly.
    grain: i64,
}

/// The hospital of that seed, and what is asked for; always sound.
pub(super) fn hospital(seed: u64, attempt: u64) -> (Rota, Scope) {
    let mut dice = Dice::new(seed.wrapping_mul(1_000_003).wrapping_add(attempt));
    let kind = match dice.from_to(0, 9) {
        0..=5 => Kind::Cover,
        6..=8 => Kind::Tired,
        _ => Kind::Nights,
    };
    let london = dice.chance(30);
    let zone = Zone::named(if london { "Europe/London" } else { "UTC" }).expect("a zone that chrono-tz knows");
    let offset = if london { HOUR } else { 0 };
    let grain = *dice.pick(&[60, 60, 60, 30, 15, 1]);
    let (mut rota, scope) = Maker { dice, kind, zone, offset, grain }.made();
    only_some_posts(&mut rota, &mut Dice::new(seed.wrapping_mul(1_000_033).wrapping_add(attempt)));
    (rota, scope)
}

/// In a third of the hospitals some people may cover only some posts of a unit.
fn only_some_posts(rota: &mut Rota, dice: &mut Dice) {
    if !dice.chance(33) {
        return;
    }
    for line in rota.people.iter_mut().flat_map(|person| &mut person.may_cover) {
        let of_unit = rota.posts.iter().filter(|post| post.unit == line.unit);
        if dice.chance(40) {
            line.only = of_unit.filter(|_| dice.chance(50)).map(|post| post.id.clone()).collect();
        }
    }
}

impl Maker {
    fn made(&mut self) -> (Rota, Scope) {
        let competencies = self.competencies();
        let units = self.units();
        let posts = self.posts(&units, &competencies);
        let spans = self.window_spans();
        let normals = self.normals(&units, &posts, &spans);
        let windows: Vec<Window> = spans
            .iter()
            .enumerate()
            .map(|(n, span)| Window {
                id: id(WindowId::new, "w", n),
                label: String::new(),
                span: *span,
                normal: self.dice.pick(&normals).id.clone(),
            })
            .collect();
        let people = self.people(&units, &competencies, &spans);
        let sessions = self.sessions(&people, &spans);
        let assignments = self.assignments(&posts, &people, &spans);
        let scope = self.scope(&units, &windows, &posts);
        let properties = Properties { title: "Random".to_owned(), zone: self.zone, ..Rota::empty().properties };
        let rota = Rota {
            properties,
            windows,
            competencies,
            units,
            posts,
            normals,
            people,
            sessions,
            assignments,
            ..Rota::empty()
        };
        (rota, scope)
    }

    fn times(&mut self, low: i64, high: i64) -> std::ops::Range<usize> {
        0..usize::try_from(self.dice.from_to(low, high)).expect("not negative")
    }

    /// From one hour to another, on the grain but for a few.
    fn hours(&mut self, low: i64, high: i64) -> i64 {
        let grain = if self.dice.chance(4) { 1 } else { self.grain };
        self.dice.from_to(low * HOUR / grain, high * HOUR / grain) * grain
    }

    fn instant(&self, minutes: i64) -> Instant {
        Instant(MONDAY + minutes - self.offset)
    }

    fn competencies(&mut self) -> Vec<Competency> {
        self.times(0, 1).map(|n| Competency { id: id(CompetencyId::new, "c", n), name: format!("Skill {n}") }).collect()
    }

    fn units(&mut self) -> Vec<Unit> {
        let times = self.times(1, 2);
        times
            .map(|u| {
                let times = self.times(1, 3);
                let tiers: Vec<Tier> =
                    times.map(|t| Tier { id: id(TierId::new, "t", t), name: format!("Tier {t}") }).collect();
                let handovers = self.times(0, 2).map(|_| time_of_day(self.hours(6, 22))).collect();
                Unit {
                    senior_from: self.dice.chance(50).then(|| self.dice.pick(&tiers).id.clone()),
                    handovers,
                    ..Unit::new(id(UnitId::new, "u", u), format!("Unit {u}"), tiers)
                }
            })
            .collect()
    }

    fn posts(&mut self, units: &[Unit], competencies: &[Competency]) -> Vec<Post> {
        let times = self.times(1, 4);
        times
            .map(|q| {
                let unit = self.dice.pick(units);
                let needs_skill = !competencies.is_empty() && self.dice.chance(30);
                let tier = self.dice.pick(&unit.tiers).id.clone();
                Post {
                    requires: if needs_skill { vec![competencies[0].id.clone()] } else { vec![] },
                    essential: self.dice.chance(25),
                    exclusive: self.dice.chance(15),
                    on_call: self.dice.chance(20),
                    ..Post::new(id(PostId::new, "q", q), unit.id.clone(), tier, format!("Post {q}"))
                }
            })
            .collect()
    }

    fn window_spans(&mut self) -> Vec<Span> {
        let times = match self.kind {
            Kind::Cover => self.times(1, 3),
            Kind::Tired => self.times(1, 4),
            Kind::Nights => self.times(2, 6),
        };
        let night = self.kind == Kind::Nights;
        let mut from = if night { self.hours(19, 23) } else { self.hours(6, 20) };
        let mut spans = Vec::new();
        for _ in times {
            let minutes = match self.kind {
                Kind::Cover if self.dice.chance(5) => DAY,
                Kind::Cover => self.hours(2, 8),
                Kind::Tired => self.hours(4, 16),
                Kind::Nights => self.hours(6, 11),
            }
            .max(1);
            spans.push(Span::new(self.instant(from), self.instant(from + minutes)));
            from = match self.dice.from_to(0, 9) {
                _ if night => from + DAY,
                0..=2 => from + minutes,
                3 => (from + minutes - self.hours(0, 3)).max(from),
                4..=7 => from + DAY,
                8 => from + minutes + self.hours(1, 12),
                _ => from + self.hours(0, 30),
            };
        }
        spans
    }

    /// The minute of the day at an edge of a window, or any.
    fn edge_of_day(&mut self, spans: &[Span]) -> TimeOfDay {
        let span = *self.dice.pick(spans);
        let edge = if self.dice.chance(50) { span.from } else { span.to };
        let minutes = if self.dice.chance(60) { edge.0 + self.offset } else { self.hours(0, 23) };
        time_of_day(minutes.rem_euclid(DAY))
    }

    fn normals(&mut self, units: &[Unit], posts: &[Post], spans: &[Span]) -> Vec<Normal> {
        let times = self.times(1, 2);
        times
            .map(|n| {
                let closed = units.iter().filter(|_| self.dice.chance(6)).map(|u| u.id.clone()).collect();
                let mut staffing = Vec::new();
                for post in posts {
                    for _ in self.times(0, 2) {
                        let from = self.edge_of_day(spans);
                        let to = if self.dice.chance(25) { from } else { self.edge_of_day(spans) };
                        let count = *self.dice.pick(&[0, 1, 1, 1, 1, 1, 1, 2, 2, 3]);
                        staffing.push(StaffingLine { post: post.id.clone(), from, to, count });
                    }
                }
                Normal { closed, staffing, ..Normal::new(id(NormalId::new, "n", n), format!("Normal {n}")) }
            })
            .collect()
    }

    /// A time in or near a window.
    fn near(&mut self, spans: &[Span], low: i64, high: i64) -> Span {
        let window = *self.dice.pick(spans);
        if self.dice.chance(25) {
            return window;
        }
        let start = window.from.0 + if self.dice.chance(30) { 0 } else { self.hours(-4, 6) };
        let to = if self.dice.chance(30) { window.to.0 } else { start + self.hours(low, high) };
        Span::new(Instant(start), Instant(to.max(start + 1)))
    }

    fn people(&mut self, units: &[Unit], competencies: &[Competency], spans: &[Span]) -> Vec<Person> {
        let times = self.times(2, 6);
        times
            .map(|p| {
                let mut may_cover = Vec::new();
                for unit in units {
                    let top = unit.tiers.last().expect("a unit has tiers");
                    if self.dice.chance(80) {
                        let up_to = if self.dice.chance(50) { top } else { self.dice.pick(&unit.tiers) };
                        may_cover.push(MayCover::up_to(unit.id.clone(), up_to.id.clone()));
                    }
                }
                let times = if self.dice.chance(35) { self.times(1, 2) } else { 0..0 };
                let availability = times.map(|_| Available {
                    span: self.near(spans, 1, 8),
                    is: *self.dice.pick(&[
                        Availability::Available,
                        Availability::NotKnown,
                        Availability::NotAvailable,
                        Availability::NotAvailable,
                    ]),
                });
                let availability = availability.collect();
                let same_name = self.dice.chance(20);
                Person {
                    family: if same_name { "Ash".to_owned() } else { format!("Person{p}") },
                    given: "Ann".to_owned(),
                    rules: *self.dice.pick(&Rules::ALL),
                    may_cover,
                    competencies: competencies.iter().filter(|_| self.dice.chance(60)).map(|c| c.id.clone()).collect(),
                    usually: *self.dice.pick(&[
                        Availability::Available,
                        Availability::Available,
                        Availability::NotKnown,
                        Availability::NotKnown,
                        Availability::NotAvailable,
                    ]),
                    availability,
                    duties: self.duties(spans),
                    ..Person::new(id(PersonId::new, "p", p), format!("P{p}"))
                }
            })
            .collect()
    }

    fn duties(&mut self, spans: &[Span]) -> Vec<Duty> {
        let kinds = [DutyKind::Resident, DutyKind::OnCall, DutyKind::Other];
        let mut duties = Vec::new();
        let mut add = |span: Span, kind: DutyKind| duties.push(Duty { span, kind, label: String::new() });
        if self.dice.chance(25) {
            add(self.near(spans, 1, 8), *self.dice.pick(&kinds));
        }
        if self.dice.chance(15) {
            // The night before.
            let to = spans[0].from.plus(-self.hours(0, 12));
            add(Span::new(to.plus(-self.hours(8, 13).max(1)), to), *self.dice.pick(&kinds[..2]));
        }
        if self.kind != Kind::Cover && self.dice.chance(60) {
            let mut to = spans[0].from.plus(-self.hours(6, 30));
            for _ in self.times(1, 6) {
                let from = to.plus(-self.hours(5, 14).max(1));
                add(Span::new(from, to), DutyKind::Resident);
                to = from.plus(-self.hours(9, 20).max(1));
            }
        }
        duties
    }

    fn sessions(&mut self, people: &[Person], spans: &[Span]) -> Vec<Session> {
        let times = self.times(0, 6);
        times
            .map(|s| {
                let likely = *self.dice.pick(&[0, 20, 30, 40]);
                let team = people.iter().filter(|_| self.dice.chance(likely)).map(|p| p.id.clone()).collect();
                let mut count = || u32::try_from(self.dice.from_to(0, 9)).expect("not negative");
                let (appointments, inpatient, day_case) = (count(), count() / 3, count() / 3);
                let span = self.near(spans, 1, 5);
                Session {
                    team,
                    appointments,
                    inpatient,
                    day_case,
                    protected: self.dice.chance(25),
                    state: *self.dice.pick(&[
                        SessionState::Running,
                        SessionState::Running,
                        SessionState::Running,
                        SessionState::ToPostpone,
                        SessionState::ToPostpone,
                        SessionState::Postponed,
                    ]),
                    locked: self.dice.chance(15),
                    ..Session::new(id(SessionId::new, "s", s), SessionKind::Clinic, format!("Session {s}"), span)
                }
            })
            .collect()
    }

    fn assignments(&mut self, posts: &[Post], people: &[Person], spans: &[Span]) -> Vec<Assignment> {
        use Status::{Agreed, Asked, Declined, Proposed};
        let high = *self.dice.pick(&[1, 3, 6, 9]);
        let times = self.times(0, high);
        times
            .map(|a| {
                let (post, person) = (self.dice.pick(posts).id.clone(), self.dice.pick(people).id.clone());
                let held = Assignment::new(id(AssignmentId::new, "a", a), post, person, self.near(spans, 1, 9));
                let status =
                    *self.dice.pick(&[Proposed, Proposed, Proposed, Proposed, Asked, Agreed, Agreed, Declined]);
                Assignment { status, locked: self.dice.chance(12), ..held }
            })
            .collect()
    }

    fn scope(&mut self, units: &[Unit], windows: &[Window], posts: &[Post]) -> Scope {
        let mut scope = Scope::everything();
        match self.dice.from_to(0, 19) {
            0 => scope.unit = Some(self.dice.pick(units).id.clone()),
            1 | 2 => scope.window = Some(self.dice.pick(windows).id.clone()),
            3 => scope.posts = vec![self.dice.pick(posts).id.clone()],
            4 => {
                let spans: Vec<Span> = windows.iter().map(|w| w.span).collect();
                scope.span = Some(self.near(&spans, 1, 8));
            }
            5 => {
                scope.unit = Some(self.dice.pick(units).id.clone());
                scope.window = Some(self.dice.pick(windows).id.clone());
            }
            _ => {}
        }
        scope
    }
}

fn time_of_day(minutes: i64) -> TimeOfDay {
    TimeOfDay::from_minutes(u16::try_from(minutes).expect("under a day")).expect("under a day")
}

fn id<I, E: std::fmt::Debug>(new: impl Fn(&str) -> Result<I, E>, prefix: &str, number: usize) -> I {
    new(&format!("{prefix}{number}")).expect("letters and digits")
}
