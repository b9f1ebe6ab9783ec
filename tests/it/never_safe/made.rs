//! A small rota that is covered, and what can be done to it.

use chrono::NaiveDateTime;

use cover_rota::file;
use cover_rota::model::{
    Assignment, AssignmentId, Availability, Available, Duty, DutyKind, Instant, MayCover, Normal, NormalId, Person,
    PersonId, Post, PostId, Rota, Session, SessionId, SessionKind, SessionState, ShutHours, Span, StaffingLine, Status,
    Tier, TierId, TimeOfDay, Unit, UnitId, Window, WindowId,
};

/// One unit of three tiers with a doctor at each, 08:00 to 17:00, a consultant on call from home, and Eve to spare.
const COVERED: &str = r#"(format: "cover-rota", version: 1, rota: (
    title: "", hospital: "", zone: "Europe/London",
    windows: [(id: "w", label: "", from: "2016-04-26T08:00", to: "2016-04-26T17:00", normal: "n")],
    competencies: [(id: "resus", name: "Resus"), (id: "airway", name: "Airway")],
    units: [(id: "ae", name: "A&E", tiers: [(id: "sho", name: ""), (id: "mg", name: ""), (id: "cons", name: "")],
             senior_from: "cons")],
    posts: [(id: "sho", unit: "ae", name: "SHO", tier: "sho", bleep: "1"),
            (id: "mg", unit: "ae", name: "MG", tier: "mg", bleep: "2", requires: ["resus"]),
            (id: "cons", unit: "ae", name: "Cons", tier: "cons", bleep: "3"),
            (id: "home", unit: "ae", name: "Home", tier: "cons", bleep: "4", essential: true, on_call: true)],
    normals: [(id: "n", name: "", staffing: [(post: "sho", from: "08:00", to: "17:00", count: 1),
               (post: "mg", from: "08:00", to: "17:00", count: 1), (post: "cons", from: "08:00", to: "17:00", count: 1),
               (post: "home", from: "08:00", to: "17:00", count: 1)])],
    people: [
        (id: "a", initials: "A", family: "Ash", given: "Ann", grade: "", specialty: "", rules: Wtr,
         may_cover: [(unit: "ae", up_to: "sho")], usually: NotKnown),
        (id: "b", initials: "B", family: "Birch", given: "Bob", grade: "", specialty: "", rules: Wtr,
         may_cover: [(unit: "ae", up_to: "mg")], competencies: ["resus"], usually: NotKnown),
        (id: "c", initials: "C", family: "Cedar", given: "Cat", grade: "", specialty: "", rules: Compensatory,
         may_cover: [(unit: "ae", up_to: "cons")], usually: NotKnown),
        (id: "d", initials: "D", family: "Dogwood", given: "Dan", grade: "", specialty: "", rules: Compensatory,
         may_cover: [(unit: "ae", up_to: "cons")], usually: NotKnown),
        (id: "e", initials: "E", family: "Elm", given: "Eve", grade: "", specialty: "", rules: Compensatory,
         may_cover: [(unit: "ae", up_to: "cons")], competencies: ["resus", "airway"], usually: NotKnown),
    ],
    sessions: [],
    assignments: [
        (id: "a", post: "sho", person: "a", from: "2016-04-26T08:00", to: "2016-04-26T17:00", status: Agreed),
        (id: "b", post: "mg", person: "b", from: "2016-04-26T08:00", to: "2016-04-26T17:00", status: Agreed),
        (id: "c", post: "cons", person: "c", from: "2016-04-26T08:00", to: "2016-04-26T17:00", status: Agreed),
        (id: "d", post: "home", person: "d", from: "2016-04-26T08:00", to: "2016-04-26T17:00", status: Agreed),
    ],
))"#;

pub(super) fn covered() -> Rota {
    file::read(COVERED.as_bytes()).expect("a sound rota").rota
}

/// From a civil time in London such as `26T08:00` of April 2016, or a whole one.
pub(super) fn at(rota: &Rota, civil: &str) -> Instant {
    let whole = if civil.len() == 8 { format!("2016-04-{civil}") } else { civil.to_owned() };
    let local = NaiveDateTime::parse_from_str(&whole, "%Y-%m-%dT%H:%M").expect("a civil time");
    rota.zone().instant(local, false).expect("a time that clocks show")
}

pub(super) fn span(rota: &Rota, from: &str, to: &str) -> Span {
    Span::new(at(rota, from), at(rota, to))
}

pub(super) fn time(text: &str) -> TimeOfDay {
    text.parse().expect("a time of day")
}

pub(super) fn person<'a>(rota: &'a mut Rota, id: &str) -> &'a mut Person {
    rota.people.iter_mut().find(|p| p.id.as_str() == id).expect("somebody of the rota")
}

pub(super) fn post<'a>(rota: &'a mut Rota, id: &str) -> &'a mut Post {
    rota.posts.iter_mut().find(|p| p.id.as_str() == id).expect("a post of the rota")
}

/// The first assignment to that post.
pub(super) fn on<'a>(rota: &'a mut Rota, post: &str) -> &'a mut Assignment {
    rota.assignments.iter_mut().find(|a| a.post.as_str() == post).expect("somebody on the post")
}

pub(super) fn normal(rota: &mut Rota) -> &mut Normal {
    &mut rota.normals[0]
}

/// The first line of that post.
pub(super) fn line<'a>(rota: &'a mut Rota, post: &str) -> &'a mut StaffingLine {
    rota.normals[0].staffing.iter_mut().find(|line| line.post.as_str() == post).expect("a line of the post")
}

/// Every line of the first normal from and to these times.
pub(super) fn staffed(rota: &mut Rota, from: &str, to: &str) {
    for line in &mut rota.normals[0].staffing {
        (line.from, line.to) = (time(from), time(to));
    }
}

pub(super) fn add_line(rota: &mut Rota, post: &str, from: &str, to: &str, count: u32) {
    let post = PostId::new(post).expect("an id");
    rota.normals[0].staffing.push(StaffingLine { post, from: time(from), to: time(to), count });
}

pub(super) fn shut(rota: &mut Rota, unit: &str, from: &str, to: &str) {
    let unit = UnitId::new(unit).expect("an id");
    rota.normals[0].shut.push(ShutHours { unit, from: time(from), to: time(to) });
}

/// Another window, and the normal that it names if it is new: with nothing in it.
pub(super) fn add_window(rota: &mut Rota, from: &str, to: &str, of_normal: &str) {
    let number = rota.windows.len();
    let normal = NormalId::new(of_normal).expect("an id");
    if rota.normals.iter().all(|n| n.id != normal) {
        let empty =
            Normal { id: normal.clone(), closed: vec![], shut: vec![], staffing: vec![], ..rota.normals[0].clone() };
        rota.normals.push(empty);
    }
    let id = WindowId::new(&format!("w{number}")).expect("an id");
    rota.windows.push(Window { id, label: String::new(), span: span(rota, from, to), normal });
}

/// A unit of one tier, without posts.
pub(super) fn add_unit(rota: &mut Rota, id: &str) {
    let tiers = vec![Tier { id: TierId::new("any").expect("an id"), name: String::new() }];
    let unit = Unit::new(UnitId::new(id).expect("an id"), id.to_owned(), tiers);
    rota.units.push(unit);
}

/// A post of that unit at its lowest tier, that Eve may cover too.
pub(super) fn add_post(rota: &mut Rota, unit: &str, id: &str) {
    let unit = rota.units.iter().find(|u| u.id.as_str() == unit).expect("a unit of the rota").clone();
    let up_to = unit.tiers[0].id.clone();
    let like = Post { requires: vec![], essential: false, on_call: false, ..rota.posts[0].clone() };
    rota.posts.push(Post {
        id: PostId::new(id).expect("an id"),
        unit: unit.id.clone(),
        name: id.to_owned(),
        tier: up_to.clone(),
        bleep: format!("9{id}"),
        ..like
    });
    let eve = person(rota, "e");
    if eve.may_cover.iter().all(|m| m.unit != unit.id) {
        eve.may_cover.push(MayCover { unit: unit.id, up_to, only: vec![] });
    }
}

/// Agreed.
pub(super) fn assign(rota: &mut Rota, post: &str, person: &str, from: &str, to: &str) {
    let mut ids = (0..).map(|number| AssignmentId::new(&format!("x{number}")).expect("an id"));
    let id = ids.find(|id| rota.assignments.iter().all(|a| a.id != *id)).expect("a free one");
    let (post, person) = (PostId::new(post).expect("an id"), PersonId::new(person).expect("an id"));
    let span = span(rota, from, to);
    let status = Status::Agreed;
    rota.assignments.push(Assignment { status, ..Assignment::new(id, post, person, span) });
}

pub(super) fn available(rota: &mut Rota, who: &str, from: &str, to: &str, is: Availability) {
    let span = span(rota, from, to);
    person(rota, who).availability.push(Available { span, is });
}

pub(super) fn duty(rota: &mut Rota, who: &str, from: &str, to: &str, kind: DutyKind) {
    let span = span(rota, from, to);
    person(rota, who).duties.push(Duty { span, kind, label: String::new() });
}

pub(super) fn session(rota: &mut Rota, who: &str, from: &str, to: &str, state: SessionState) {
    let span = span(rota, from, to);
    rota.sessions.push(Session {
        team: vec![PersonId::new(who).expect("an id")],
        appointments: 9,
        state,
        ..Session::new(
            SessionId::new(&format!("s{}", rota.sessions.len())).expect("an id"),
            SessionKind::Clinic,
            String::new(),
            span,
        )
    });
}

/// Somebody may cover these posts of A&E and no others.
pub(super) fn only(rota: &mut Rota, who: &str, posts: &[&str]) {
    person(rota, who).may_cover[0].only = posts.iter().map(|id| PostId::new(id).expect("an id")).collect();
}

pub(super) fn name(rota: &mut Rota, who: &str, family: &str, given: &str) {
    let person = person(rota, who);
    (person.family, person.given) = (family.to_owned(), given.to_owned());
}
