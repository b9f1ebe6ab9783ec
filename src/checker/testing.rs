//! Rules are tested by drawings and small rotas in words, which are shown as help too.
//!
//! A drawing has a column a quarter of an hour, so an hour is four columns, on Tue 26-Apr-2016 in London:
//! ```text
//!                    |08  09  10  11  |
//! A&E middle grade 2 |KP  KP  KP  KP  |
//!                    |RS  RS? .   RS  |
//!                         ^^^^ error: what the rule says of this hour
//! ```
//! A lane is named by its unit and tier, or by a declared post, with the number normally there; lanes without a name
//! belong to the post above. A name lasts until the next one, `.` is nobody; `?` asked, `*` proposed, `/` declined.
//!
//! Lines in words, before or without a drawing, each on its own (`A&E: SHO, Middle grade, Consultant` is there if no
//! unit is declared; times are of Tuesday unless a day, `Wed` or `3-May`, stands before them):
//! ```text
//! zone Europe/London
//! window 08:00-17:00                    window Wed 07:00-07:00, weekend
//! unit ICU: Registrar, Consultant; senior from Consultant; handover 13:00
//! post Resus: A&E consultant, essential, exclusive, on call, bleep 2145, needs Airway
//! normal Resus: 1 08:00-17:00           normal weekend Resus: 2 08:00-17:00
//! closed ICU                            closed weekend ICU
//! person KP: Grant, Helen; Trainee2016; A&E up to SHO; ICU never; can Airway; usually not known;
//!     (on one line) not available 08:00-09:00; on duty Mon 20:00-08:00; on call 20:00-08:00; elsewhere 09:00-10:00
//! session Fracture clinic: KP, RS; 09:00-12:30; 14 appointments; 2 inpatient; 1 day case; to postpone; protected
//! KP on Resus Mon 20:00-08:00, asked
//! error: what the rule says                   warning: …           info: …
//! ```
//! Somebody only named may cover everything, is available, and has no trainee's limits.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::context::Context;
use super::finding::{Finding, Severity};
use super::rule::{Found, Rule};
use super::{order, scope};
use crate::model::{
    Assignment, AssignmentId, Availability, Available, Competency, CompetencyId, Duty, DutyKind, Instant, MayCover,
    Normal, NormalId, Person, PersonId, Post, PostId, Rota, Rules, Session, SessionId, SessionKind, SessionState, Span,
    StaffingLine, Status, Tier, TierId, TimeOfDay, Unit, UnitId, Window, WindowId, Zone, faults,
};

/// Columns of a drawing in an hour.
const COLUMNS_AN_HOUR: usize = 4;

/// Runs the rule on the drawing and compares what it says with what is drawn.
///
/// # Panics
/// Where the rule says anything else: at another place, in other words, more or less.
#[track_caller]
pub fn check_rule(rule: &Rule, drawing: &str) {
    let drawn = Drawing::parse(drawing);
    let ctx = Context::new(&drawn.rota);
    let mut found = Found::default();
    let sweeps = scope::sweeps(&ctx);
    scope::all(&ctx).for_each(|scope| scope::run_rule(&ctx, &sweeps, scope, rule, &mut found));
    let findings = order::sorted(&ctx, found.findings).1;
    let said: Vec<String> = findings.iter().map(|finding| drawn.line(finding)).collect();
    assert!(
        said == drawn.expected,
        "{} does not say what is drawn.\n--- drawn ---\n{}\n--- said ---\n{}\n",
        rule.code,
        drawn.with(&drawn.expected),
        drawn.with(&said)
    );
    for finding in &findings {
        assert_eq!(finding.code, rule.code, "a rule speaks under its own code");
    }
}

/// The rota that a drawing or some words tell.
///
/// # Panics
/// Where they cannot be read or tell an unsound rota.
#[must_use]
#[track_caller]
pub fn rota(drawing: &str) -> Rota {
    Drawing::parse(drawing).rota
}

/// A drawing that was read.
struct Drawing {
    rota: Rota,
    /// The lines that are not expectations.
    base: Vec<String>,
    expected: Vec<String>,
    /// The first moment drawn, and the column it stands at.
    start: Option<(Instant, usize)>,
    end: Instant,
    /// The post of the lane above.
    lane_post: Option<PostId>,
}

impl Drawing {
    #[track_caller]
    fn parse(text: &str) -> Self {
        let mut drawing = Self {
            rota: Rota::empty(),
            base: Vec::new(),
            expected: Vec::new(),
            start: None,
            end: Instant(0),
            lane_post: None,
        };
        let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
        // The zone comes first, because every time is read in it; windows know their normal day once it is declared.
        for line in &lines {
            if let Some(name) = line.strip_prefix("zone ") {
                drawing.rota.properties.zone = Zone::named(name).unwrap_or_else(|| panic!("no zone {name}"));
            }
        }
        if !lines.iter().any(|line| line.starts_with("unit ")) {
            drawing.unit("A&E: SHO, Middle grade, Consultant");
        }
        for line in lines {
            drawing.line_in(line);
        }
        drawing.finish();
        let faults = faults(&drawing.rota);
        assert!(faults.is_empty(), "the drawing is unsound: {faults:?}");
        drawing
    }

    #[track_caller]
    fn line_in(&mut self, line: &str) {
        let trimmed = line.trim_start();
        if trimmed.starts_with('^') || ["error: ", "warning: ", "info: "].iter().any(|word| line.starts_with(word)) {
            self.expected.push(line.to_owned());
            return;
        }
        self.base.push(line.to_owned());
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "zone" => {}
            "window" => self.window(rest),
            "unit" => self.unit(rest),
            "post" => self.post(rest),
            "normal" => self.normal(rest),
            "closed" => self.closed(rest),
            "person" => self.person(rest),
            "session" => self.session(rest),
            _ if line.contains('|') && trimmed.starts_with('|') && self.start.is_none() => self.header(line),
            _ if line.contains('|') => self.lane(line),
            _ if rest.starts_with("on ") => self.assignment(word, &rest[3..]),
            _ => panic!("what is this line? {line}"),
        }
    }

    fn header(&mut self, line: &str) {
        let bar = column(line, line.find('|').unwrap());
        let cells: Vec<char> = line.chars().skip(bar + 1).take_while(|c| *c != '|').collect();
        let hour: i64 = cells[..2].iter().collect::<String>().parse().expect("the header begins with an hour");
        let start = self.at("Tue", "00:00").plus(hour * 60);
        self.start = Some((start, bar + 1));
        self.end = start.plus(minutes_of(cells.len()));
    }

    fn lane(&mut self, line: &str) {
        let (label, cells) = line.split_once('|').unwrap();
        if !label.trim().is_empty() {
            self.lane_post = Some(self.lane_label(label.trim()));
        }
        let post = self.lane_post.clone().expect("the first lane has a name");
        let (start, _) = self.start.expect("a drawing begins with its hours");
        let cells: Vec<char> = cells.chars().take_while(|c| *c != '|').collect();
        let minutes = |column: usize| start.plus(minutes_of(column));
        let mut marks: Vec<(usize, String)> = Vec::new();
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_whitespace()) {
            match marks.last_mut() {
                Some((from, mark)) if *from + mark.chars().count() == at => mark.push(*cell),
                _ => marks.push((at, cell.to_string())),
            }
        }
        let mut open: Option<(String, Span)> = None;
        for (at, (from, mark)) in marks.iter().enumerate() {
            let to = marks.get(at + 1).map_or(cells.len(), |next| next.0);
            let span = Span::new(minutes(*from), minutes(to));
            match &mut open {
                Some((last, joined)) if last == mark => joined.to = span.to,
                _ => {
                    if let Some((mark, span)) = open.replace((mark.clone(), span)) {
                        self.hold(&post, &mark, span);
                    }
                }
            }
        }
        if let Some((mark, span)) = open {
            self.hold(&post, &mark, span);
        }
    }

    /// Enters what one mark of a lane says: nothing for `.`, else somebody with a status.
    fn hold(&mut self, post: &PostId, mark: &str, span: Span) {
        let status = match mark.chars().last() {
            Some('?') => Status::Asked,
            Some('*') => Status::Proposed,
            Some('/') => Status::Declined,
            _ => Status::Agreed,
        };
        let initials = mark.trim_end_matches(['?', '*', '/']);
        if mark != "." {
            self.assign(initials, post.clone(), span, status);
        }
    }

    fn lane_label(&mut self, label: &str) -> PostId {
        let (name, count) = match label.rsplit_once(' ') {
            Some((name, count)) if count.parse::<u32>().is_ok() => (name.trim(), count.parse().unwrap()),
            _ => (label, 0),
        };
        if !self.rota.posts.iter().any(|post| post.name == name) {
            self.post(&format!("{name}: {name}"));
        }
        let post = self.named_post(name);
        if count > 0 {
            let (start, _) = self.start.expect("a drawing begins with its hours");
            let zone = self.rota.zone();
            let (from, to) = (zone.time_of_day(start), zone.time_of_day(self.end));
            self.normal_of("weekday").staffing.push(StaffingLine { post: post.clone(), from, to, count });
        }
        post
    }

    fn window(&mut self, text: &str) {
        let (span, normal) = text.split_once(", ").unwrap_or((text, "weekday"));
        let span = self.span(span);
        self.add_window(span, normal);
    }

    fn add_window(&mut self, span: Span, normal: &str) {
        self.normal_of(normal);
        let number = self.rota.windows.len() + 1;
        self.rota.windows.push(Window {
            id: WindowId::new(&format!("w{number}")).unwrap(),
            label: format!("Day {number}"),
            span,
            normal: NormalId::new(normal).unwrap(),
        });
    }

    fn unit(&mut self, text: &str) {
        let (name, rest) = text.split_once(": ").expect("unit NAME: TIERS");
        let mut clauses = rest.split("; ");
        let tiers = clauses.next().unwrap().split(", ");
        let tiers = tiers.map(|name| Tier { id: TierId::new(&slug(name)).unwrap(), name: name.to_owned() }).collect();
        let mut unit = Unit {
            id: UnitId::new(&slug(name)).unwrap(),
            name: name.to_owned(),
            tiers,
            senior_from: None,
            handovers: Vec::new(),
            escalation: String::new(),
        };
        for clause in clauses {
            if let Some(tier) = clause.strip_prefix("senior from ") {
                unit.senior_from = Some(TierId::new(&slug(tier)).unwrap());
            } else if let Some(time) = clause.strip_prefix("handover ") {
                unit.handovers.push(time.parse().unwrap());
            } else {
                panic!("what of a unit is this? {clause}");
            }
        }
        self.rota.units.push(unit);
    }

    fn post(&mut self, text: &str) {
        let (name, rest) = text.split_once(": ").expect("post NAME: UNIT TIER");
        let mut clauses = rest.split(", ");
        let (unit, tier) = self.unit_and_tier(clauses.next().unwrap());
        let mut post = Post {
            id: PostId::new(&slug(name)).unwrap(),
            unit,
            name: name.to_owned(),
            tier,
            bleep: String::new(),
            requires: Vec::new(),
            essential: false,
            exclusive: false,
            on_call: false,
            note: String::new(),
        };
        for clause in clauses {
            match clause {
                "essential" => post.essential = true,
                "exclusive" => post.exclusive = true,
                "on call" => post.on_call = true,
                _ if clause.starts_with("bleep ") => post.bleep = clause[6..].to_owned(),
                _ if clause.starts_with("needs ") => post.requires.push(self.competency(&clause[6..])),
                _ => panic!("what of a post is this? {clause}"),
            }
        }
        self.rota.posts.push(post);
    }

    fn unit_and_tier(&self, text: &str) -> (UnitId, TierId) {
        let found = self.rota.units.iter().find_map(|unit| {
            let tier = text.strip_prefix(&unit.name)?.trim();
            let tier = unit.tiers.iter().find(|t| t.name.eq_ignore_ascii_case(tier))?;
            Some((unit.id.clone(), tier.id.clone()))
        });
        found.unwrap_or_else(|| panic!("no unit and tier are called {text}"))
    }

    fn normal(&mut self, text: &str) {
        let (name, rest) = text.split_once(": ").expect("normal POST: COUNT FROM-TO");
        let (day, name) = match name.split_once(' ') {
            Some((day, name)) if self.rota.normals.iter().any(|n| n.id.as_str() == day) || day == "weekend" => {
                (day, name)
            }
            _ => ("weekday", name),
        };
        let post = self.named_post(name);
        for line in rest.split(", ") {
            let (count, times) = line.split_once(' ').expect("COUNT FROM-TO");
            let (from, to) = times.split_once('-').expect("FROM-TO");
            let (from, to): (TimeOfDay, TimeOfDay) = (from.parse().unwrap(), to.parse().unwrap());
            let count = count.parse().unwrap();
            self.normal_of(day).staffing.push(StaffingLine { post: post.clone(), from, to, count });
        }
    }

    fn normal_of(&mut self, day: &str) -> &mut Normal {
        let id = NormalId::new(day).unwrap();
        let at = self.rota.normals.iter().position(|normal| normal.id == id).unwrap_or_else(|| {
            self.rota.normals.push(Normal {
                id,
                name: format!("Normal {day}"),
                agreed_by: String::new(),
                agreed_on: String::new(),
                closed: Vec::new(),
                staffing: Vec::new(),
            });
            self.rota.normals.len() - 1
        });
        &mut self.rota.normals[at]
    }

    fn closed(&mut self, text: &str) {
        let (day, name) = text.strip_prefix("weekend ").map_or(("weekday", text), |name| ("weekend", name));
        self.normal_of(day).closed.push(UnitId::new(&slug(name)).unwrap());
    }

    fn person(&mut self, text: &str) {
        let (initials, rest) = text.split_once(": ").unwrap_or((text, ""));
        let at = self.somebody(initials);
        for clause in rest.split("; ").filter(|clause| !clause.is_empty()) {
            self.person_clause(at, clause);
        }
    }

    fn person_clause(&mut self, at: usize, clause: &str) {
        let rules = [Rules::Wtr, Rules::Compensatory, Rules::Trainee2016, Rules::Trainee2019, Rules::NewDeal];
        let availability = [
            ("available ", Availability::Available),
            ("not available ", Availability::NotAvailable),
            ("not known ", Availability::NotKnown),
        ];
        let duties = [
            ("on duty ", DutyKind::Resident, "Ward round"),
            ("on call ", DutyKind::OnCall, "On call"),
            ("elsewhere ", DutyKind::Other, "Teaching"),
        ];
        if let Some(rules) = rules.iter().find(|rules| format!("{rules:?}") == clause) {
            self.rota.people[at].rules = *rules;
        } else if let Some(is) = clause.strip_prefix("usually ") {
            let found = availability.iter().find(|(word, _)| word.trim_end() == is);
            self.rota.people[at].usually = found.unwrap_or_else(|| panic!("what is {is}?")).1;
        } else if let Some((word, is)) = availability.iter().find(|(word, _)| clause.starts_with(word)) {
            let span = self.span(&clause[word.len()..]);
            self.rota.people[at].availability.push(Available { span, is: *is });
        } else if let Some((word, kind, label)) = duties.iter().find(|(word, ..)| clause.starts_with(word)) {
            let span = self.span(&clause[word.len()..]);
            self.rota.people[at].duties.push(Duty { span, kind: *kind, label: (*label).to_owned() });
        } else if let Some(name) = clause.strip_prefix("can ") {
            let id = self.competency(name);
            self.rota.people[at].competencies.push(id);
        } else if let Some(unit) = clause.strip_suffix(" never") {
            let unit = UnitId::new(&slug(unit)).unwrap();
            self.rota.people[at].may_cover.retain(|cover| cover.unit != unit);
        } else if let Some((unit, tier)) = clause.split_once(" up to ") {
            let cover = MayCover { unit: UnitId::new(&slug(unit)).unwrap(), up_to: TierId::new(&slug(tier)).unwrap() };
            self.rota.people[at].may_cover.retain(|other| other.unit != cover.unit);
            self.rota.people[at].may_cover.push(cover);
        } else if let Some((family, given)) = clause.split_once(", ") {
            (self.rota.people[at].family, self.rota.people[at].given) = (family.to_owned(), given.to_owned());
        } else if let Some(initials) = clause.strip_prefix("initials ") {
            initials.clone_into(&mut self.rota.people[at].initials);
        } else {
            panic!("what of a person is this? {clause}");
        }
    }

    /// The place of the person of those initials, who is added if need be.
    fn somebody(&mut self, initials: &str) -> usize {
        let id = PersonId::new(&slug(initials)).unwrap();
        self.rota.people.iter().position(|person| person.id == id).unwrap_or_else(|| {
            let highest =
                |unit: &Unit| MayCover { unit: unit.id.clone(), up_to: unit.tiers.last().unwrap().id.clone() };
            self.rota.people.push(Person {
                id,
                initials: initials.to_owned(),
                family: format!("Family {initials}"),
                given: format!("Given {initials}"),
                grade: String::new(),
                specialty: String::new(),
                phone: String::new(),
                rules: Rules::Compensatory,
                may_cover: self.rota.units.iter().map(highest).collect(),
                competencies: Vec::new(),
                usually: Availability::Available,
                availability: Vec::new(),
                duties: Vec::new(),
            });
            self.rota.people.len() - 1
        })
    }

    fn competency(&mut self, name: &str) -> CompetencyId {
        let id = CompetencyId::new(&slug(name)).unwrap();
        if !self.rota.competencies.iter().any(|c| c.id == id) {
            self.rota.competencies.push(Competency { id: id.clone(), name: name.to_owned() });
        }
        id
    }

    fn session(&mut self, text: &str) {
        let (title, rest) = text.split_once(": ").expect("session TITLE: TEAM; FROM-TO");
        let mut clauses = rest.split("; ");
        let team = clauses.next().unwrap().split(", ").filter(|name| *name != "nobody");
        let team = team.map(|name| self.somebody(name)).collect::<Vec<_>>();
        let mut session = Session {
            id: SessionId::new(&slug(title)).unwrap(),
            kind: SessionKind::Clinic,
            title: title.to_owned(),
            specialty: String::new(),
            span: self.span(clauses.next().expect("when the session is")),
            team: team.into_iter().map(|at| self.rota.people[at].id.clone()).collect(),
            appointments: 0,
            inpatient: 0,
            day_case: 0,
            protected: false,
            state: SessionState::Running,
            locked: false,
            note: String::new(),
        };
        for clause in clauses {
            match clause.split_once(' ') {
                Some((count, "appointments")) => session.appointments = count.parse().unwrap(),
                Some((count, "inpatient")) => session.inpatient = count.parse().unwrap(),
                Some((count, "day case")) => session.day_case = count.parse().unwrap(),
                _ if clause == "to postpone" => session.state = SessionState::ToPostpone,
                _ if clause == "postponed" => session.state = SessionState::Postponed,
                _ if clause == "protected" => session.protected = true,
                _ => panic!("what of a session is this? {clause}"),
            }
        }
        self.rota.sessions.push(session);
    }

    fn assignment(&mut self, initials: &str, text: &str) {
        let post = self.rota.posts.iter().filter(|post| text.starts_with(&post.name));
        let post = post.max_by_key(|post| post.name.len()).unwrap_or_else(|| panic!("no post in: {text}"));
        let (post, text) = (post.id.clone(), text[post.name.len()..].trim());
        let (span, status) = text.split_once(", ").unwrap_or((text, "agreed"));
        let status = match status {
            "agreed" => Status::Agreed,
            "asked" => Status::Asked,
            "proposed" => Status::Proposed,
            "declined" => Status::Declined,
            _ => panic!("what status is {status}?"),
        };
        let span = self.span(span);
        self.assign(initials, post, span, status);
    }

    fn assign(&mut self, initials: &str, post: PostId, span: Span, status: Status) {
        let person = self.somebody(initials);
        let number = self.rota.assignments.len() + 1;
        self.rota.assignments.push(Assignment {
            id: AssignmentId::new(&format!("a{number}")).unwrap(),
            post,
            person: self.rota.people[person].id.clone(),
            span,
            status,
            locked: false,
            note: String::new(),
        });
    }

    fn named_post(&self, name: &str) -> PostId {
        let post = self.rota.posts.iter().find(|post| post.name == name);
        post.unwrap_or_else(|| panic!("no post is called {name}")).id.clone()
    }

    /// What is drawn is a window unless windows are told, and a rota in words has one from 08:00 to 17:00.
    fn finish(&mut self) {
        if self.rota.windows.is_empty() {
            let span = self.start.map(|(start, _)| Span::new(start, self.end));
            let span = span.unwrap_or_else(|| self.span("08:00-17:00"));
            self.add_window(span, "weekday");
        }
    }

    /// `[DAY ]FROM-[DAY ]TO`; without its day, `to` is the next time that clocks show it.
    fn span(&self, text: &str) -> Span {
        let split = |text: &str| -> (Option<String>, String) {
            text.trim()
                .rsplit_once(' ')
                .map_or((None, text.trim().to_owned()), |(d, t)| (Some(d.to_owned()), t.to_owned()))
        };
        // A day such as `3-May` has a dash too: the times are around the last one with a colon before it.
        let dash = text.match_indices('-').find(|(at, _)| text[..*at].contains(':')).expect("FROM-TO").0;
        let ((day, from), (last, to)) = (split(&text[..dash]), split(&text[dash + 1..]));
        let day = day.unwrap_or_else(|| "Tue".to_owned());
        let start = self.at(&day, &from);
        let end = match last {
            Some(last) => self.at(&last, &to),
            None if to > from => self.at(&day, &to),
            None => {
                let next = date(&day).succ_opt().unwrap();
                self.rota.zone().instant(civil(next, &to), false).unwrap()
            }
        };
        Span::new(start, end)
    }

    fn at(&self, day: &str, time: &str) -> Instant {
        self.rota.zone().instant(civil(date(day), time), false).expect("the clocks skip this time")
    }

    /// The finding as a line below the drawing, or in words where it cannot be drawn.
    fn line(&self, finding: &Finding) -> String {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let text = format!("{severity}: {}", finding.message);
        match (self.start, finding.span) {
            (Some((start, column)), Some(span)) if Span::new(start, self.end).covers(span) => {
                let columns = |minutes: i64| minutes as usize * COLUMNS_AN_HOUR / 60;
                let before = column + columns(start.minutes_until(span.from));
                format!("{}{} {text}", " ".repeat(before), "^".repeat(columns(span.minutes()).max(1)))
            }
            _ => text,
        }
    }

    fn with(&self, findings: &[String]) -> String {
        [self.base.clone(), findings.to_vec()].concat().join("\n")
    }
}

/// Minutes that so many columns are.
fn minutes_of(columns: usize) -> i64 {
    i64::try_from(columns * 60 / COLUMNS_AN_HOUR).unwrap()
}

fn column(line: &str, byte: usize) -> usize {
    line[..byte].chars().count()
}

/// `Mon` to `Sun` of the week from Mon 25-Apr-2016, or `3-May`, or `25-Oct-2026`.
fn date(day: &str) -> NaiveDate {
    let monday = NaiveDate::from_ymd_opt(2016, 4, 25).unwrap();
    let of_week = monday.iter_days().take(7).find(|date| date.format("%a").to_string() == day);
    of_week.unwrap_or_else(|| {
        let text = if day.matches('-').count() == 1 { format!("{day}-{}", monday.year()) } else { day.to_owned() };
        NaiveDate::parse_from_str(&text, "%d-%b-%Y").unwrap_or_else(|_| panic!("what day is {day}?"))
    })
}

fn civil(date: NaiveDate, time: &str) -> NaiveDateTime {
    let time: TimeOfDay = time.parse().unwrap_or_else(|_| panic!("what time is {time}?"));
    date.and_hms_opt(u32::from(time.minutes() / 60), u32::from(time.minutes() % 60), 0).unwrap()
}

/// An id made from a name.
fn slug(name: &str) -> String {
    let letters = name.to_lowercase().chars().filter(|c| *c != '&').collect::<String>();
    letters.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::short_of_normal::RULE;

    /// Whether the check of the drawing fails.
    fn fails(drawing: &str) -> bool {
        std::panic::catch_unwind(|| check_rule(&RULE, drawing)).is_err()
    }

    #[test]
    fn wrong_place_wrong_words_too_many_and_too_few_all_fail() {
        let lanes = "
                   |08  09  |
A&E middle grade 1 |KP  .   |
";
        let right = "error: A&E, middle grade or above: 1 short, 09:00–10:00 Tue 26-Apr-2016 (need 1, have 0)";
        let drawn = |column: usize, text: &str| format!("{}^^^^ {text}\n", " ".repeat(column));
        assert!(!fails(&format!("{lanes}{}", drawn(24, right))));
        assert!(fails(&format!("{lanes}{}", drawn(20, right))));
        assert!(fails(&format!("{lanes}{}", drawn(24, &right.replace("error", "warning")))));
        assert!(fails(&format!("{lanes}{}{}", drawn(24, right), drawn(24, right))));
        assert!(fails(lanes));
    }

    #[test]
    fn a_drawing_is_the_rota_it_looks_like() {
        let rota = rota(
            "
                   |22  23  00  |
A&E middle grade 1 |KP  KP? .   |
                   |    RS  AN/ |
",
        );
        let told: Vec<String> = rota
            .assignments
            .iter()
            .map(|a| format!("{} {} {:?}", a.person, crate::model::words::times(rota.zone(), a.span), a.status))
            .collect();
        assert_eq!(
            told,
            ["kp 22:00–23:00 Agreed", "kp 23:00–00:00 Asked", "rs 23:00–00:00 Agreed", "an 00:00–01:00 Declined"]
        );
    }
}
