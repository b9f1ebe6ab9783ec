//! Rotas of the sizes that the README's table of speed names, made by rule and not by chance: the same every time.
//!
//! They are drafts as coordinators have them: most people agreed, some asked, here and there a gap, a clinic that still
//! runs, somebody not available; so that the checker has something to say.

#![allow(dead_code, reason = "each bench uses some of it")]

use chrono::NaiveDate;
use cover_rota::model::{
    Assignment, AssignmentId, Availability, Available, Competency, CompetencyId, Duty, DutyKind, MayCover, Normal,
    NormalId, Person, PersonId, Post, PostId, Rota, Rules, Session, SessionId, SessionKind, SessionState, Span,
    StaffingLine, Status, Tier, TierId, Unit, UnitId, Window, WindowId,
};

/// How large a rota is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// Its name in the tables.
    pub name: &'static str,
    pub people: usize,
    pub days: usize,
    pub posts: usize,
}

/// One small hospital, two days.
pub(crate) const S: Size = Size { name: "S", people: 60, days: 2, posts: 15 };
/// A large one.
pub(crate) const L: Size = Size { name: "L", people: 500, days: 2, posts: 60 };
/// The same for ten days.
pub(crate) const XL: Size = Size { name: "XL", people: 500, days: 10, posts: 60 };

const POSTS_IN_A_UNIT: usize = 8;
const TIERS: [&str; 3] = ["SHO", "Middle grade", "Consultant"];

/// The rota of that size.
pub(crate) fn rota(size: Size) -> Rota {
    let mut rota = Rota::empty();
    rota.properties.title = format!("Size {}", size.name);
    rota.competencies = vec![Competency { id: id("resus"), name: "Resus lead".to_owned() }];
    let units = size.posts.div_ceil(POSTS_IN_A_UNIT);
    rota.units = (0..units).map(unit).collect();
    rota.posts = (0..size.posts).map(post).collect();
    rota.normals = vec![normal(&rota.posts)];
    rota.people = (0..size.people).map(|at| person(at, units)).collect();
    for day in 0..size.days {
        rota.windows.push(Window {
            id: id(&format!("w{day}")),
            label: format!("Day {}", day + 1),
            span: hours(&rota, day, 8, 17),
            normal: id("weekday"),
        });
    }
    fill(&mut rota, size);
    rota
}

/// An id of any kind.
fn id<T: TryFromText>(text: &str) -> T {
    T::from_text(text)
}

trait TryFromText {
    fn from_text(text: &str) -> Self;
}

macro_rules! ids {
    ($($type:ty),*) => { $(
        impl TryFromText for $type {
            fn from_text(text: &str) -> Self {
                Self::new(text).expect("generated ids are ids")
            }
        }
    )* };
}

ids!(AssignmentId, CompetencyId, NormalId, PersonId, PostId, SessionId, TierId, UnitId, WindowId);

fn unit(at: usize) -> Unit {
    Unit {
        senior_from: Some(tier_id(1)),
        handovers: vec!["13:00".parse().expect("a time of day")],
        ..Unit::new(
            id(&format!("unit{at}")),
            format!("Unit {at}"),
            TIERS.iter().enumerate().map(|(tier, name)| Tier { id: tier_id(tier), name: (*name).to_owned() }).collect(),
        )
    }
}

fn tier_id(tier: usize) -> TierId {
    id(&format!("t{tier}"))
}

fn post_tier(at: usize) -> usize {
    [0, 0, 0, 1, 1, 1, 2, 2][at % POSTS_IN_A_UNIT]
}

fn post(at: usize) -> Post {
    Post {
        bleep: format!("{}", 2000 + at),
        requires: if at % 11 == 3 { vec![id("resus")] } else { vec![] },
        essential: at % 4 == 3,
        exclusive: at % 17 == 5,
        on_call: at % POSTS_IN_A_UNIT == 7,
        ..Post::new(
            id(&format!("post{at}")),
            id(&format!("unit{}", at / POSTS_IN_A_UNIT)),
            tier_id(post_tier(at)),
            format!("Post {at}"),
        )
    }
}

fn normal(posts: &[Post]) -> Normal {
    let line = |post: &Post, from: &str, to: &str, count: usize| StaffingLine {
        post: post.id.clone(),
        from: from.parse().expect("a time of day"),
        to: to.parse().expect("a time of day"),
        count: count as u32,
    };
    let lines = posts.iter().enumerate().flat_map(|(at, post)| match at % 3 {
        0 => vec![line(post, "07:30", "17:30", 2)],
        1 => vec![line(post, "08:00", "20:00", 1), line(post, "13:00", "22:00", 1)],
        _ => vec![line(post, "20:00", "08:00", 1), line(post, "08:00", "20:00", 1)],
    });
    Normal { staffing: lines.collect(), ..Normal::new(id("weekday"), "Normal weekday") }
}

fn person(at: usize, units: usize) -> Person {
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    let home = at % units;
    Person {
        family: format!("Family{at}"),
        given: format!("Given{}", at % 40),
        grade: TIERS[at % 3].to_owned(),
        specialty: format!("Specialty {home}"),
        rules: [Rules::Compensatory, Rules::Wtr, Rules::Trainee2016][at % 3],
        may_cover: (0..2)
            .map(|n| MayCover::up_to(id(&format!("unit{}", (home + n) % units)), tier_id(2 - n)))
            .take(units)
            .collect(),
        competencies: if at.is_multiple_of(9) { vec![] } else { vec![id("resus")] },
        usually: if at.is_multiple_of(5) { Availability::NotKnown } else { Availability::Available },
        ..Person::new(
            id(&format!("person-{at:04}")),
            format!("{}{}{}", letter(at / 26), letter(at), if at % 10 == 3 { "" } else { "X" }),
        )
    }
}

/// The hours of that day, counted from Monday 2 May 2016.
fn hours(rota: &Rota, day: usize, from: u32, to: u32) -> Span {
    let monday = NaiveDate::from_ymd_opt(2016, 5, 2).expect("a date");
    let midnight = rota.zone().midnight(monday + chrono::Days::new(day as u64));
    Span::new(midnight.plus(i64::from(from) * 60), midnight.plus(i64::from(to) * 60))
}

/// Puts people on posts, day by day, and gives the others clinics, duties and days off.
fn fill(rota: &mut Rota, size: Size) {
    let units = rota.units.len();
    let mut next = vec![0; units];
    for day in 0..size.days {
        for at in 0..size.posts {
            let unit = at / POSTS_IN_A_UNIT;
            let doctors = if at % 3 == 2 { 1 } else { 2 };
            for lane in 0..doctors {
                // The next of those whose unit it is; now and then somebody from next door, who may do less.
                let from_next_door = usize::from((at * 5 + lane + day).is_multiple_of(23));
                let person = (next[unit] % (size.people / units)) * units + (unit + from_next_door) % units;
                next[unit] += 1;
                match (at + lane + day) % 19 {
                    0 => {}
                    1 => {
                        assign(rota, at, person, hours(rota, day, 8, 13));
                        assign(rota, at, (person + units) % size.people, hours(rota, day, 13, 17));
                    }
                    _ if at % 3 == 1 && lane == 1 => assign(rota, at, person, hours(rota, day, 13, 17)),
                    _ => assign(rota, at, person, hours(rota, day, 8, 17)),
                }
            }
        }
        for at in (day * 3..size.people).step_by(9) {
            session(rota, day, at);
        }
        for at in (day * 5..size.people).step_by(31) {
            let (off, night) = (hours(rota, day, 8, 17), hours(rota, day, 20, 32));
            rota.people[at].availability.push(Available { span: off, is: Availability::NotAvailable });
            let duty = Duty { span: night, kind: DutyKind::OnCall, label: "On call".to_owned() };
            rota.people[(at + 3) % size.people].duties.push(duty);
        }
    }
}

fn assign(rota: &mut Rota, post: usize, person: usize, span: Span) {
    let number = rota.assignments.len();
    rota.assignments.push(Assignment {
        status: match number % 12 {
            0 => Status::Asked,
            1 => Status::Proposed,
            _ => Status::Agreed,
        },
        ..Assignment::new(id(&format!("a{number}")), rota.posts[post].id.clone(), rota.people[person].id.clone(), span)
    });
}

fn session(rota: &mut Rota, day: usize, at: usize) {
    let number = rota.sessions.len();
    rota.sessions.push(Session {
        specialty: rota.people[at].specialty.clone(),
        team: vec![rota.people[at].id.clone()],
        appointments: (number % 20) as u32,
        day_case: (number % 4) as u32,
        protected: number.is_multiple_of(13),
        state: [SessionState::Running, SessionState::Postponed, SessionState::Postponed, SessionState::ToPostpone]
            [number % 4],
        ..Session::new(
            id(&format!("s{number}")),
            if number.is_multiple_of(3) { SessionKind::Theatre } else { SessionKind::Clinic },
            format!("Clinic {number}"),
            hours(rota, day, 9, 12),
        )
    });
}
