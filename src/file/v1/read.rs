//! Out of file version 1 into the model, with every fault of meaning.

use std::collections::BTreeMap;
use std::fmt;

use crate::file::clock_text::{parse_civil, parse_utc};
use crate::file::fault::{Faults, shown};
use crate::file::{Header, Opened};
use crate::model::{
    self, AssignmentId, COUNT_MAX, CompetencyId, FAULTS_MAX, Instant, NormalId, PersonId, PostId, SessionId, Span,
    TierId, TimeOfDay, UnitId, WindowId, Zone,
};

use super::{
    Acceptance, Assignment, File, Issue, Normal, Person, Post, Rota, Session, SignOff, Text, Unit, Window, write,
};

/// The rota and the header that the file's fields mean.
///
/// # Errors
/// All faults of meaning, up to [`FAULTS_MAX`].
pub(in crate::file) fn opened(file: File<'_>) -> Result<Opened, Faults> {
    let zone = Zone::named(&file.rota.zone.0);
    let mut reader =
        Reader { zone, faults: Vec::new(), stand_ins: BTreeMap::new(), bad_ids: 0, pools: Pools::default() };
    let seal = file.seal.as_ref().map(|seal| seal.0.clone().into_owned());
    let header = reader.header(&file);
    let rota = reader.rota(file.rota);
    reader.finish(&rota)?;
    let sealed = match seal {
        Some(seal) => Some(seal == write::seal(&rota)),
        // The program saved it, and somebody has taken the seal away.
        None if header.revision.is_some() || header.saved.is_some() => Some(false),
        None => None,
    };
    Ok(Opened { rota, header, sealed })
}

/// The place of a field: the record's path, such as `people "hg", duties 1`.
#[derive(Clone, Copy)]
struct RecordPath<'p> {
    list: &'static str,
    key: Key<'p>,
    part: Option<(&'static str, Key<'p>)>,
}

#[derive(Clone, Copy)]
enum Key<'p> {
    Id(&'p str),
    /// 1 is the first.
    Number(usize),
}

impl<'p> RecordPath<'p> {
    fn id(list: &'static str, id: &'p Text<'_>) -> Self {
        Self { list, key: Key::Id(&id.0), part: None }
    }

    fn number(list: &'static str, index: usize) -> Self {
        Self { list, key: Key::Number(index + 1), part: None }
    }

    fn part(self, list: &'static str, index: usize) -> Self {
        Self { part: Some((list, Key::Number(index + 1))), ..self }
    }

    fn part_id(self, list: &'static str, id: &'p Text<'_>) -> Self {
        Self { part: Some((list, Key::Id(&id.0))), ..self }
    }
}

impl fmt::Display for RecordPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.list, self.key)?;
        self.part.map_or(Ok(()), |(list, key)| write!(f, ", {list} {key}"))
    }
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => f.write_str(&shown(id)),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

/// The ids of the model, as far as the reader handles them alike.
trait Id: Clone + fmt::Display {
    fn of(text: &str) -> Option<Self>;
    fn stand_in(number: u128) -> Self;
    /// The ids of this kind that were read already.
    fn pool(pools: &mut Pools) -> &mut BTreeMap<String, Self>;
}

macro_rules! ids {
    ($($name:ident $pool:ident),* $(,)?) => {
        /// Every id once, so that a file that names one a million times stays small in memory.
        #[derive(Default)]
        struct Pools { $($pool: BTreeMap<String, $name>),* }

        $(
            impl Id for $name {
                fn of(text: &str) -> Option<Self> {
                    Self::new(text).ok()
                }
                fn stand_in(number: u128) -> Self {
                    Self::random(number)
                }
                fn pool(pools: &mut Pools) -> &mut BTreeMap<String, Self> {
                    &mut pools.$pool
                }
            }
        )*
    };
}

ids! {
    WindowId windows,
    CompetencyId competencies,
    UnitId units,
    TierId tiers,
    PostId posts,
    NormalId normals,
    PersonId people,
    SessionId sessions,
    AssignmentId assignments,
}

/// So many bad ids are remembered by their text. More are never shown: these have made [`FAULTS_MAX`] faults by then.
const STAND_INS_MAX: usize = 10_000;

/// Gathers faults while the model is made; where something is wrong, what stands in for it makes no further fault.
struct Reader {
    /// `None` if the file names no zone that there is: then times are judged by their form alone.
    zone: Option<Zone>,
    faults: Vec<String>,
    /// For each id that stands in for a bad one: the bad one as it may be shown.
    stand_ins: BTreeMap<String, String>,
    /// How many different ids were bad.
    bad_ids: u128,
    pools: Pools,
}

impl Reader {
    fn add(&mut self, at: impl fmt::Display, what: impl fmt::Display) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(format!("{at}: {what}"));
        }
    }

    /// Faults so far, then those of the rota as a whole.
    fn finish(mut self, rota: &model::Rota) -> Result<(), Faults> {
        for fault in model::faults(rota) {
            let text = self.with_bad_ids(&fault.to_string());
            self.faults.push(text);
        }
        if self.bad_ids > 0 && self.faults.is_empty() {
            // What stands in happened to be an id of the file: whoever made that file meant it.
            self.add("rota", "it refers to something that is not an id: use another copy");
        }
        Faults::of(self.faults).map_or(Ok(()), Err)
    }

    /// A sentence of the model, in which only ids are in quotes, with the ids as the file has them.
    fn with_bad_ids(&self, sentence: &str) -> String {
        let parts = sentence.split('"').enumerate().map(|(i, part)| match self.stand_ins.get(part) {
            _ if i % 2 == 0 => part.to_owned(),
            Some(bad) => bad.clone(),
            None => format!("\"{part}\""),
        });
        parts.collect()
    }

    /// An id of a record: told if it is none.
    fn id<T: Id>(&mut self, at: RecordPath<'_>, text: &Text<'_>) -> T {
        if T::of(&text.0).is_none() {
            self.add(at, "an id is 1 to 64 of the characters a-z, 0-9 and -: correct it, and what refers to it");
        }
        self.reference(text)
    }

    /// An id of another record: whether that is there is judged when all is read.
    fn reference<T: Id>(&mut self, text: &Text<'_>) -> T {
        if let Some(id) = T::pool(&mut self.pools).get(&*text.0) {
            return id.clone();
        }
        let id = T::of(&text.0).unwrap_or_else(|| {
            self.bad_ids += 1;
            // Spread out, so that no id that somebody gave is likely to be met.
            let id = T::stand_in(self.bad_ids.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835));
            if self.stand_ins.len() < STAND_INS_MAX {
                self.stand_ins.insert(id.to_string(), shown(&text.0));
            }
            id
        });
        T::pool(&mut self.pools).insert(text.0.clone().into_owned(), id.clone());
        id
    }

    fn references<T: Id>(&mut self, texts: &[Text<'_>]) -> Vec<T> {
        texts.iter().map(|text| self.reference(text)).collect()
    }

    fn span(&mut self, at: RecordPath<'_>, from: &Text<'_>, to: &Text<'_>) -> Span {
        let from = self.civil(at, "from", from);
        let to = self.civil(at, "to", to);
        match (from, to) {
            (Some(from), Some(to)) => Span::new(from, to),
            // A fault is told already, or the zone is unknown: not another one for the order of the two.
            _ => Span::new(Instant(0), Instant(1)),
        }
    }

    fn civil(&mut self, at: RecordPath<'_>, field: &str, text: &Text<'_>) -> Option<Instant> {
        parse_civil(&text.0, self.zone).unwrap_or_else(|what| {
            self.add(at, format!("`{field}` {what}"));
            None
        })
    }

    fn utc(&mut self, at: impl fmt::Display, text: &Text<'_>) -> Instant {
        parse_utc(&text.0).unwrap_or_else(|what| {
            self.add(at, format!("`at` {what}"));
            Instant(0)
        })
    }

    fn time_of_day(&mut self, at: RecordPath<'_>, field: &str, text: &Text<'_>) -> TimeOfDay {
        text.0.parse().unwrap_or_else(|_| {
            let what = "is not a time of day: write HH:MM, 00:00 to 23:59";
            self.add(at, format!("`{field}` {} {what}", shown(&text.0)));
            TimeOfDay::from_minutes(0).unwrap_or_else(|| TimeOfDay::of(Instant(0).utc()))
        })
    }

    fn count(&mut self, at: impl fmt::Display, field: &str, count: i64) -> u32 {
        u32::try_from(count).ok().filter(|count| *count <= COUNT_MAX).unwrap_or_else(|| {
            self.add(at, format!("`{field}` is {count}: enter a number from 0 to {COUNT_MAX}"));
            0
        })
    }

    fn header(&mut self, file: &File<'_>) -> Header {
        let parents = file.parents.as_ref();
        Header {
            document: file.document.as_ref().map(|id| self.hex_id("document", id)),
            revision: file.revision.as_ref().map(|id| self.hex_id("revision", id)),
            parents: parents.map(|ids| ids.iter().map(|id| self.hex_id("parents", id)).collect()),
            saved: file.saved.as_ref().map(|saved| crate::file::Saved {
                at: self.utc("saved", &saved.at),
                by: saved.by.0.clone().into_owned(),
                app: saved.app.0.clone().into_owned(),
            }),
            is_sealed: file.seal.is_some(),
        }
    }

    fn hex_id(&mut self, field: &str, text: &Text<'_>) -> String {
        if text.0.len() != 32 || !text.0.bytes().all(|b| b.is_ascii_hexdigit()) {
            self.add(field, format!("{} is not 32 hex digits: correct it, or leave the field out", shown(&text.0)));
        }
        text.0.clone().into_owned()
    }

    fn rota(&mut self, rota: Rota<'_>) -> model::Rota {
        if self.zone.is_none() {
            let what = "is not a time zone: use an IANA name such as \"Europe/London\"";
            self.add("zone", format!("{} {what}", shown(&rota.zone.0)));
        }
        model::Rota {
            properties: model::Properties {
                title: owned(rota.title),
                hospital: owned(rota.hospital),
                region: owned(rota.region),
                zone: self.zone.unwrap_or(Zone::UTC),
                absent_group: owned(rota.absent_group),
            },
            windows: each(rota.windows, |window| self.window(window)),
            competencies: each(rota.competencies, |it| model::Competency {
                id: self.id(RecordPath::id("competencies", &it.id), &it.id),
                name: owned(it.name),
            }),
            units: each(rota.units, |unit| self.unit(unit)),
            posts: each(rota.posts, |post| self.post(post)),
            normals: each(rota.normals, |normal| self.normal(normal)),
            people: each(rota.people, |person| self.person(person)),
            sessions: each(rota.sessions, |session| self.session(session)),
            assignments: each(rota.assignments, |it| {
                let post = self.reference(&it.post);
                let person = self.reference(&it.person);
                let id = it.id.clone();
                self.assignment(RecordPath::id("assignments", &id), it, post, person)
            }),
            accepted: numbered(rota.accepted, |i, accepted| self.acceptance(i, accepted)),
            sign_offs: numbered(rota.sign_offs, |i, sign_off| self.sign_off(i, sign_off)),
            issued: numbered(rota.issued, |i, issue| self.issue(i, issue)),
            log: numbered(rota.log, |i, entry| model::LogEntry {
                at: self.utc(RecordPath::number("log", i), &entry.at),
                by: owned(entry.by),
                text: owned(entry.text),
            }),
        }
    }

    fn window(&mut self, window: Window<'_>) -> model::Window {
        let at = RecordPath::id("windows", &window.id);
        model::Window {
            id: self.id(at, &window.id),
            span: self.span(at, &window.from, &window.to),
            normal: self.reference(&window.normal),
            label: owned(window.label),
        }
    }

    fn unit(&mut self, unit: Unit<'_>) -> model::Unit {
        let at = RecordPath::id("units", &unit.id);
        model::Unit {
            id: self.id(at, &unit.id),
            tiers: each(unit.tiers, |tier| model::Tier {
                id: self.id(at.part_id("tiers", &tier.id), &tier.id),
                name: owned(tier.name),
            }),
            handovers: numbered(unit.handovers, |i, time| {
                self.time_of_day(RecordPath::id("units", &unit.id).part("handovers", i), "handovers", &time)
            }),
            senior_from: (!unit.senior_from.0.is_empty()).then(|| self.reference(&unit.senior_from)),
            name: owned(unit.name),
            escalation: owned(unit.escalation),
        }
    }

    fn post(&mut self, post: Post<'_>) -> model::Post {
        model::Post {
            id: self.id(RecordPath::id("posts", &post.id), &post.id),
            unit: self.reference(&post.unit),
            name: owned(post.name),
            tier: self.reference(&post.tier),
            bleep: owned(post.bleep),
            requires: self.references(&post.requires),
            essential: post.essential,
            exclusive: post.exclusive,
            on_call: post.on_call,
            note: owned(post.note),
        }
    }

    fn normal(&mut self, normal: Normal<'_>) -> model::Normal {
        let at = RecordPath::id("normals", &normal.id);
        model::Normal {
            id: self.id(at, &normal.id),
            staffing: numbered(normal.staffing, |i, line| {
                let at = at.part("staffing", i);
                model::StaffingLine {
                    post: self.reference(&line.post),
                    from: self.time_of_day(at, "from", &line.from),
                    to: self.time_of_day(at, "to", &line.to),
                    count: self.count(at, "count", line.count),
                }
            }),
            closed: self.references(&normal.closed),
            shut: numbered(normal.shut.0, |i, hours| {
                let at = at.part("shut", i);
                model::ShutHours {
                    unit: self.reference(&hours.unit),
                    from: self.time_of_day(at, "from", &hours.from),
                    to: self.time_of_day(at, "to", &hours.to),
                }
            }),
            example: normal.example.0,
            name: owned(normal.name),
            agreed_by: owned(normal.agreed_by),
            agreed_on: owned(normal.agreed_on),
        }
    }

    fn person(&mut self, person: Person<'_>) -> model::Person {
        let at = RecordPath::id("people", &person.id);
        model::Person {
            id: self.id(at, &person.id),
            may_cover: each(person.may_cover, |cover| model::MayCover {
                unit: self.reference(&cover.unit),
                up_to: self.reference(&cover.up_to),
                only: self.references(&cover.only.0),
            }),
            competencies: self.references(&person.competencies),
            availability: numbered(person.availability, |i, said| model::Available {
                span: self.span(at.part("availability", i), &said.from, &said.to),
                is: said.is.into(),
            }),
            duties: numbered(person.duties, |i, duty| model::Duty {
                span: self.span(at.part("duties", i), &duty.from, &duty.to),
                kind: duty.kind.into(),
                label: owned(duty.label),
            }),
            initials: owned(person.initials),
            family: owned(person.family),
            given: owned(person.given),
            grade: owned(person.grade),
            specialty: owned(person.specialty),
            phone: owned(person.phone),
            rules: person.rules.into(),
            usually: person.usually.into(),
        }
    }

    fn session(&mut self, session: Session<'_>) -> model::Session {
        let at = RecordPath::id("sessions", &session.id);
        model::Session {
            id: self.id(at, &session.id),
            span: self.span(at, &session.from, &session.to),
            appointments: self.count(at, "appointments", session.appointments),
            inpatient: self.count(at, "inpatient", session.inpatient),
            day_case: self.count(at, "day_case", session.day_case),
            team: self.references(&session.team),
            kind: session.kind.into(),
            title: owned(session.title),
            specialty: owned(session.specialty),
            protected: session.protected,
            state: session.state.into(),
            locked: session.locked,
            note: owned(session.note),
        }
    }

    fn assignment(
        &mut self,
        at: RecordPath<'_>,
        it: Assignment<'_>,
        post: PostId,
        person: PersonId,
    ) -> model::Assignment {
        let id = self.id(at, &it.id);
        let span = self.span(at, &it.from, &it.to);
        model::Assignment { id, post, person, span, status: it.status.into(), locked: it.locked, note: owned(it.note) }
    }

    fn acceptance(&mut self, index: usize, accepted: Acceptance<'_>) -> model::Acceptance {
        model::Acceptance {
            at: self.utc(RecordPath::number("accepted", index), &accepted.at),
            code: owned(accepted.code),
            about: owned(accepted.about),
            by: owned(accepted.by),
            reason: owned(accepted.reason),
        }
    }

    fn sign_off(&mut self, index: usize, sign_off: SignOff<'_>) -> model::SignOff {
        model::SignOff {
            at: self.utc(RecordPath::number("sign_offs", index), &sign_off.at),
            unit: self.reference(&sign_off.unit),
            window: self.reference(&sign_off.window),
            by: owned(sign_off.by),
            role: owned(sign_off.role),
            digest: owned(sign_off.digest),
        }
    }

    /// Issued copies refer to nothing, so that their references are judged here, by their form.
    fn issue(&mut self, index: usize, issue: Issue<'_>) -> model::Issue {
        let at = RecordPath::number("issued", index);
        model::Issue {
            number: self.count(at, "number", issue.number),
            at: self.utc(at, &issue.at),
            by: owned(issue.by),
            assignments: each(issue.assignments, |it| {
                let id = it.id.clone();
                let at = at.part_id("assignments", &id);
                let post = self.id(at, &it.post);
                let person = self.id(at, &it.person);
                self.assignment(at, it, post, person)
            }),
        }
    }
}

fn owned(text: Text<'_>) -> String {
    text.0.into_owned()
}

fn each<F, M>(list: Vec<F>, one: impl FnMut(F) -> M) -> Vec<M> {
    list.into_iter().map(one).collect()
}

fn numbered<F, M>(list: Vec<F>, mut one: impl FnMut(usize, F) -> M) -> Vec<M> {
    list.into_iter().enumerate().map(|(i, item)| one(i, item)).collect()
}
