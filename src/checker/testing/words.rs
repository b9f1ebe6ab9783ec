//! The lines in words: units, posts, normal staffing, people, sessions and assignments.

use super::{Drawing, slug};
use crate::model::{
    Assignment, AssignmentId, Availability, Available, Competency, CompetencyId, Duty, DutyKind, MayCover, Normal,
    NormalId, Person, PersonId, Post, PostId, Rules, Session, SessionId, SessionKind, SessionState, ShutHours, Span,
    StaffingLine, Status, Tier, TierId, TimeOfDay, Unit, UnitId,
};

impl Drawing {
    pub(super) fn unit(&mut self, text: &str) {
        let (name, rest) = text.split_once(": ").expect("unit NAME: TIERS");
        let mut clauses = rest.split("; ");
        let tiers = clauses.next().unwrap().split(", ");
        let tiers = tiers.map(|name| Tier { id: TierId::new(&slug(name)).unwrap(), name: name.to_owned() }).collect();
        let mut unit = Unit::new(UnitId::new(&slug(name)).unwrap(), name.to_owned(), tiers);
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

    pub(super) fn post(&mut self, text: &str) {
        let (name, rest) = text.split_once(": ").expect("post NAME: UNIT TIER");
        let mut clauses = rest.split(", ");
        let (unit, tier) = self.unit_and_tier(clauses.next().unwrap());
        let mut post = Post::new(PostId::new(&slug(name)).unwrap(), unit, tier, name.to_owned());
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

    pub(super) fn unit_and_tier(&self, text: &str) -> (UnitId, TierId) {
        let found = self.rota.units.iter().find_map(|unit| {
            let tier = text.strip_prefix(&unit.name)?.trim();
            let tier = unit.tiers.iter().find(|t| t.name.eq_ignore_ascii_case(tier))?;
            Some((unit.id.clone(), tier.id.clone()))
        });
        found.unwrap_or_else(|| panic!("no unit and tier are called {text}"))
    }

    pub(super) fn normal(&mut self, text: &str) {
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

    pub(super) fn normal_of(&mut self, day: &str) -> &mut Normal {
        let id = NormalId::new(day).unwrap();
        let at = self.rota.normals.iter().position(|normal| normal.id == id).unwrap_or_else(|| {
            self.rota.normals.push(Normal::new(id, format!("Normal {day}")));
            self.rota.normals.len() - 1
        });
        &mut self.rota.normals[at]
    }

    pub(super) fn closed(&mut self, text: &str) {
        let (day, name) = text.strip_prefix("weekend ").map_or(("weekday", text), |name| ("weekend", name));
        self.normal_of(day).closed.push(UnitId::new(&slug(name)).unwrap());
    }

    /// Of a normal weekday.
    pub(super) fn shut(&mut self, text: &str) {
        let (name, times) = text.split_once(": ").expect("shut UNIT: FROM-TO");
        let (from, to) = times.split_once('-').expect("FROM-TO");
        let unit = UnitId::new(&slug(name)).unwrap();
        let hours = ShutHours { unit, from: from.parse().unwrap(), to: to.parse().unwrap() };
        self.normal_of("weekday").shut.push(hours);
    }

    pub(super) fn person(&mut self, text: &str) {
        let (initials, rest) = text.split_once(": ").unwrap_or((text, ""));
        let at = self.somebody(initials);
        for clause in rest.split("; ").filter(|clause| !clause.is_empty()) {
            self.person_clause(at, clause);
        }
    }

    pub(super) fn person_clause(&mut self, at: usize, clause: &str) {
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
            let (tier, only) = tier.split_once(", only ").unwrap_or((tier, ""));
            let only = only.split(" and ").filter(|name| !name.is_empty());
            let only = only.map(|name| self.named_post(name)).collect();
            let (unit, up_to) = (UnitId::new(&slug(unit)).unwrap(), TierId::new(&slug(tier)).unwrap());
            let cover = MayCover { unit, up_to, only };
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
    pub(super) fn somebody(&mut self, initials: &str) -> usize {
        let id = PersonId::new(&slug(initials)).unwrap();
        self.rota.people.iter().position(|person| person.id == id).unwrap_or_else(|| {
            let highest = |unit: &Unit| MayCover::up_to(unit.id.clone(), unit.tiers.last().unwrap().id.clone());
            self.rota.people.push(Person {
                family: format!("Family {initials}"),
                given: format!("Given {initials}"),
                rules: Rules::Compensatory,
                may_cover: self.rota.units.iter().map(highest).collect(),
                usually: Availability::Available,
                ..Person::new(id, initials.to_owned())
            });
            self.rota.people.len() - 1
        })
    }

    pub(super) fn competency(&mut self, name: &str) -> CompetencyId {
        let id = CompetencyId::new(&slug(name)).unwrap();
        if !self.rota.competencies.iter().any(|c| c.id == id) {
            self.rota.competencies.push(Competency { id: id.clone(), name: name.to_owned() });
        }
        id
    }

    pub(super) fn session(&mut self, text: &str) {
        let (title, rest) = text.split_once(": ").expect("session TITLE: TEAM; FROM-TO");
        let mut clauses = rest.split("; ");
        let team = clauses.next().unwrap().split(", ").filter(|name| *name != "nobody");
        let team = team.map(|name| self.somebody(name)).collect::<Vec<_>>();
        let mut session = Session {
            team: team.into_iter().map(|at| self.rota.people[at].id.clone()).collect(),
            ..Session::new(
                SessionId::new(&slug(title)).unwrap(),
                SessionKind::Clinic,
                title.to_owned(),
                self.span(clauses.next().expect("when the session is")),
            )
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

    pub(super) fn assignment(&mut self, initials: &str, text: &str) {
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

    pub(super) fn assign(&mut self, initials: &str, post: PostId, span: Span, status: Status) {
        let person = self.somebody(initials);
        let number = self.rota.assignments.len() + 1;
        self.rota.assignments.push(Assignment {
            status,
            ..Assignment::new(
                AssignmentId::new(&format!("a{number}")).unwrap(),
                post,
                self.rota.people[person].id.clone(),
                span,
            )
        });
    }

    pub(super) fn named_post(&self, name: &str) -> PostId {
        let post = self.rota.posts.iter().find(|post| post.name == name);
        post.unwrap_or_else(|| panic!("no post is called {name}")).id.clone()
    }
}
