//! Out of the model into file version 1.

use std::borrow::Cow;
use std::fmt::Display;

use crate::file::clock_text::{civil_text, utc_text};
use crate::file::text::{canonical, pretty};
use crate::file::{FORMAT, Header, sha256_hex};
use crate::model::{self, Instant, Span, TimeOfDay, Zone};

use super::{
    Acceptance, Assignment, Available, Competency, Duty, File, Issue, Later, LogEntry, MayCover, Normal, Person, Post,
    Rota, Saved, Session, ShutHours, SignOff, StaffingLine, Text, Tier, Unit, Window,
};

/// The text of a file.
pub(in crate::file) fn write(rota: &model::Rota, header: &Header) -> String {
    let rota = from_model(rota);
    let file = File {
        format: text(FORMAT),
        version: 1,
        document: header.document.as_deref().map(text),
        revision: header.revision.as_deref().map(text),
        parents: header.parents.as_ref().map(|parents| list(parents, |parent| text(parent))),
        saved: header.saved.as_ref().map(|s| Saved { at: utc(s.at), by: text(&s.by), app: text(&s.app) }),
        seal: header.is_sealed.then(|| Text(seal_of(&rota).into())),
        rota,
    };
    pretty(&file)
}

pub(in crate::file) fn seal(rota: &model::Rota) -> String {
    seal_of(&from_model(rota))
}

fn seal_of(rota: &Rota<'_>) -> String {
    format!("sha256:{}", sha256_hex(canonical(rota).as_bytes()))
}

fn text(text: &str) -> Text<'_> {
    Text(Cow::Borrowed(text))
}

/// An id, a time of day: whatever writes itself.
fn spelt<'a>(value: &impl Display) -> Text<'a> {
    Text(value.to_string().into())
}

fn utc<'a>(at: Instant) -> Text<'a> {
    Text(utc_text(at).into())
}

fn time_of_day<'a>(time: TimeOfDay) -> Text<'a> {
    spelt(&time)
}

fn list<'m, M, F>(list: &'m [M], one: impl FnMut(&'m M) -> F) -> Vec<F> {
    list.iter().map(one).collect()
}

/// The two ends of a span as the file writes them.
fn ends<'a>(span: Span, zone: Zone) -> (Text<'a>, Text<'a>) {
    (Text(civil_text(span.from, zone).into()), Text(civil_text(span.to, zone).into()))
}

fn from_model(rota: &model::Rota) -> Rota<'_> {
    let zone = rota.zone();
    let properties = &rota.properties;
    Rota {
        title: text(&properties.title),
        hospital: text(&properties.hospital),
        region: text(&properties.region),
        zone: text(zone.name()),
        absent_group: text(&properties.absent_group),
        windows: list(&rota.windows, |w| window(w, zone)),
        competencies: list(&rota.competencies, |c| Competency { id: text(c.id.as_str()), name: text(&c.name) }),
        units: list(&rota.units, unit),
        posts: list(&rota.posts, post),
        normals: list(&rota.normals, normal),
        people: list(&rota.people, |p| person(p, zone)),
        sessions: list(&rota.sessions, |s| session(s, zone)),
        assignments: list(&rota.assignments, |a| assignment(a, zone)),
        accepted: list(&rota.accepted, acceptance),
        sign_offs: list(&rota.sign_offs, sign_off),
        issued: list(&rota.issued, |i| issue(i, zone)),
        log: list(&rota.log, |l| LogEntry { at: utc(l.at), by: text(&l.by), text: text(&l.text) }),
    }
}

fn window(window: &model::Window, zone: Zone) -> Window<'_> {
    let (from, to) = ends(window.span, zone);
    let normal = text(window.normal.as_str());
    Window { id: text(window.id.as_str()), label: text(&window.label), from, to, normal }
}

fn unit(unit: &model::Unit) -> Unit<'_> {
    Unit {
        id: text(unit.id.as_str()),
        name: text(&unit.name),
        tiers: list(&unit.tiers, |t| Tier { id: text(t.id.as_str()), name: text(&t.name) }),
        senior_from: unit.senior_from.as_ref().map(|t| text(t.as_str())).unwrap_or_default(),
        handovers: list(&unit.handovers, |time| time_of_day(*time)),
        escalation: text(&unit.escalation),
    }
}

fn post(post: &model::Post) -> Post<'_> {
    Post {
        id: text(post.id.as_str()),
        unit: text(post.unit.as_str()),
        name: text(&post.name),
        tier: text(post.tier.as_str()),
        bleep: text(&post.bleep),
        requires: list(&post.requires, |id| text(id.as_str())),
        essential: post.essential,
        exclusive: post.exclusive,
        on_call: post.on_call,
        note: text(&post.note),
    }
}

fn normal(normal: &model::Normal) -> Normal<'_> {
    Normal {
        id: text(normal.id.as_str()),
        name: text(&normal.name),
        agreed_by: text(&normal.agreed_by),
        agreed_on: text(&normal.agreed_on),
        closed: list(&normal.closed, |id| text(id.as_str())),
        shut: Later(list(&normal.shut, |hours| ShutHours {
            unit: text(hours.unit.as_str()),
            from: time_of_day(hours.from),
            to: time_of_day(hours.to),
        })),
        example: Later(normal.example),
        staffing: list(&normal.staffing, |line| StaffingLine {
            post: text(line.post.as_str()),
            from: time_of_day(line.from),
            to: time_of_day(line.to),
            count: line.count.into(),
        }),
    }
}

fn person(person: &model::Person, zone: Zone) -> Person<'_> {
    Person {
        id: text(person.id.as_str()),
        initials: text(&person.initials),
        family: text(&person.family),
        given: text(&person.given),
        grade: text(&person.grade),
        specialty: text(&person.specialty),
        phone: text(&person.phone),
        rules: person.rules.into(),
        may_cover: list(&person.may_cover, |m| MayCover {
            unit: text(m.unit.as_str()),
            up_to: text(m.up_to.as_str()),
            only: Later(list(&m.only, |id| text(id.as_str()))),
        }),
        competencies: list(&person.competencies, |id| text(id.as_str())),
        usually: person.usually.into(),
        availability: list(&person.availability, |said| {
            let (from, to) = ends(said.span, zone);
            Available { from, to, is: said.is.into() }
        }),
        duties: list(&person.duties, |duty| {
            let (from, to) = ends(duty.span, zone);
            Duty { from, to, kind: duty.kind.into(), label: text(&duty.label) }
        }),
    }
}

fn session(session: &model::Session, zone: Zone) -> Session<'_> {
    let (from, to) = ends(session.span, zone);
    Session {
        id: text(session.id.as_str()),
        kind: session.kind.into(),
        title: text(&session.title),
        specialty: text(&session.specialty),
        from,
        to,
        team: list(&session.team, |id| text(id.as_str())),
        appointments: session.appointments.into(),
        inpatient: session.inpatient.into(),
        day_case: session.day_case.into(),
        protected: session.protected,
        state: session.state.into(),
        locked: session.locked,
        note: text(&session.note),
    }
}

fn assignment(assignment: &model::Assignment, zone: Zone) -> Assignment<'_> {
    let (from, to) = ends(assignment.span, zone);
    Assignment {
        id: text(assignment.id.as_str()),
        post: text(assignment.post.as_str()),
        person: text(assignment.person.as_str()),
        from,
        to,
        status: assignment.status.into(),
        locked: assignment.locked,
        note: text(&assignment.note),
    }
}

fn acceptance(accepted: &model::Acceptance) -> Acceptance<'_> {
    Acceptance {
        code: text(&accepted.code),
        about: text(&accepted.about),
        by: text(&accepted.by),
        at: utc(accepted.at),
        reason: text(&accepted.reason),
    }
}

fn sign_off(sign_off: &model::SignOff) -> SignOff<'_> {
    SignOff {
        unit: text(sign_off.unit.as_str()),
        window: text(sign_off.window.as_str()),
        by: text(&sign_off.by),
        role: text(&sign_off.role),
        at: utc(sign_off.at),
        digest: text(&sign_off.digest),
    }
}

fn issue(issue: &model::Issue, zone: Zone) -> Issue<'_> {
    let assignments = list(&issue.assignments, |a| assignment(a, zone));
    Issue { number: issue.number.into(), at: utc(issue.at), by: text(&issue.by), assignments }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seal_is_over_what_the_ron_library_writes_without_white_space() {
        let opened = crate::file::read(crate::file::sample::SAMPLE.as_bytes()).unwrap();
        let rota = from_model(&opened.rota);
        assert_eq!(canonical(&rota), ron::to_string(&rota).unwrap());
    }

    #[test]
    fn later_fields_are_written_and_sealed_only_where_they_say_something() {
        let mut rota = crate::file::read(crate::file::sample::SAMPLE.as_bytes()).unwrap().rota;
        let later = ["shut:", "example:", "only:"];
        let text = canonical(&from_model(&rota));
        assert!(later.iter().all(|field| !text.contains(field)), "{text}");
        let before = seal(&rota);
        rota.normals[0].example = true;
        rota.normals[0].shut = vec![model::ShutHours {
            unit: rota.units[0].id.clone(),
            from: TimeOfDay::from_minutes(22 * 60).unwrap(),
            to: TimeOfDay::from_minutes(8 * 60).unwrap(),
        }];
        rota.people[0].may_cover[0].only = vec![rota.posts[0].id.clone()];
        let text = canonical(&from_model(&rota));
        assert!(text.contains("shut:[(unit:\"ae\",from:\"22:00\",to:\"08:00\")],example:true,staffing:"), "{text}");
        assert!(text.contains("(unit:\"ae\",up_to:\"cons\",only:[\"ae-mg\"])"), "{text}");
        assert_eq!(canonical(&from_model(&rota)), ron::to_string(&from_model(&rota)).unwrap());
        assert_ne!(seal(&rota), before);
        let written = write(&rota, &Header::default());
        assert_eq!(crate::file::read(written.as_bytes()).unwrap().rota, rota);
    }
}
