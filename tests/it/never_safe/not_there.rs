//! Somebody is named on the post, and does not count: not agreed, not there, not able, or in two places.

use cover_rota::model::{
    Acceptance, Availability, CompetencyId, DutyKind, Issue, PostId, SessionState, SignOff, Status, TierId,
};

use super::made::{add_line, add_post, add_unit, assign, at, available, duty, line, on, only, person, post, session};
use super::{AS_MADE, Case};

pub(super) const CASES: &[Case] = &[
    ("one has only been proposed", AS_MADE, |r| on(r, "mg").status = Status::Proposed),
    ("one has only been asked", AS_MADE, |r| on(r, "mg").status = Status::Asked),
    ("one has declined", AS_MADE, |r| on(r, "mg").status = Status::Declined),
    ("all have only been proposed", AS_MADE, |r| r.assignments.iter_mut().for_each(|a| a.status = Status::Proposed)),
    ("the one at home has only been asked", AS_MADE, |r| on(r, "home").status = Status::Asked),
    ("nobody at home", AS_MADE, |r| r.assignments.retain(|a| a.post.as_str() != "home")),
    ("nobody", AS_MADE, |r| r.assignments.clear()),
    ("one minute is proposed", AS_MADE, |r| {
        on(r, "mg").span.to = at(r, "26T12:00");
        assign(r, "mg", "b", "26T12:00", "26T12:01");
        let last = r.assignments.len() - 1;
        r.assignments[last].status = Status::Proposed;
        assign(r, "mg", "b", "26T12:01", "26T17:00");
    }),
    ("one minute between two halves", AS_MADE, |r| {
        on(r, "mg").span.to = at(r, "26T12:00");
        assign(r, "mg", "b", "26T12:01", "26T17:00");
    }),
    ("comes a minute late", AS_MADE, |r| on(r, "sho").span.from = at(r, "26T08:01")),
    ("goes a minute early", AS_MADE, |r| on(r, "sho").span.to = at(r, "26T16:59")),
    ("not available for a minute", AS_MADE, |r| {
        available(r, "c", "26T12:00", "26T12:01", Availability::NotAvailable);
    }),
    ("available and not available at once", AS_MADE, |r| {
        available(r, "c", "26T08:00", "26T17:00", Availability::NotAvailable);
        available(r, "c", "26T08:00", "26T17:00", Availability::Available);
    }),
    ("usually not available", AS_MADE, |r| person(r, "c").usually = Availability::NotAvailable),
    (
        "usually not available, but for most of the day",
        |r| {
            person(r, "c").usually = Availability::NotAvailable;
            available(r, "c", "26T08:00", "26T17:00", Availability::Available);
        },
        |r| person(r, "c").availability[0].span.to = at(r, "26T16:00"),
    ),
    ("not available at home", AS_MADE, |r| person(r, "d").usually = Availability::NotAvailable),
    ("may cover nothing", AS_MADE, |r| person(r, "b").may_cover.clear()),
    ("may cover only the tier below", AS_MADE, |r| {
        person(r, "b").may_cover[0].up_to = TierId::new("sho").expect("an id");
    }),
    ("may cover only another post", AS_MADE, |r| only(r, "b", &["sho"])),
    (
        "may cover this post, but only up to a lower tier",
        |r| only(r, "b", &["mg", "sho"]),
        |r| {
            person(r, "b").may_cover[0].up_to = TierId::new("sho").expect("an id");
        },
    ),
    ("may cover only another post, at home", AS_MADE, |r| only(r, "d", &["cons"])),
    ("may cover another unit", AS_MADE, |r| {
        add_unit(r, "icu");
        add_post(r, "icu", "icu");
        add_line(r, "icu", "08:00", "17:00", 1);
        assign(r, "icu", "e", "26T08:00", "26T17:00");
        person(r, "e").may_cover.retain(|m| m.unit.as_str() != "icu");
    }),
    ("lacks what the post asks for", AS_MADE, |r| person(r, "b").competencies.clear()),
    ("the post asks for more", AS_MADE, |r| {
        post(r, "mg").requires.push(CompetencyId::new("airway").expect("an id"));
    }),
    ("nobody can what the post at home asks for", AS_MADE, |r| {
        post(r, "home").requires.push(CompetencyId::new("airway").expect("an id"));
    }),
    (
        "the clinic runs",
        |r| session(r, "b", "26T09:00", "26T11:00", SessionState::Postponed),
        |r| {
            r.sessions[0].state = SessionState::Running;
        },
    ),
    (
        "the clinic is only to be postponed",
        |r| session(r, "b", "26T09:00", "26T11:00", SessionState::Postponed),
        |r| {
            r.sessions[0].state = SessionState::ToPostpone;
        },
    ),
    (
        "the clinic runs a minute into the day",
        |r| session(r, "b", "26T07:00", "26T08:00", SessionState::Running),
        |r| {
            r.sessions[0].span.to = at(r, "26T08:01");
        },
    ),
    ("the clinic starts a minute before the day is over", AS_MADE, |r| {
        session(r, "b", "26T16:59", "26T18:00", SessionState::Running);
    }),
    (
        "one clinic is postponed and the other not",
        |r| session(r, "b", "26T09:00", "26T11:00", SessionState::Postponed),
        |r| {
            session(r, "b", "26T09:00", "26T11:00", SessionState::Running);
        },
    ),
    (
        "on duty in the hospital",
        |r| duty(r, "b", "26T07:00", "26T08:00", DutyKind::Resident),
        |r| {
            person(r, "b").duties[0].span.to = at(r, "26T10:00");
        },
    ),
    ("on duty elsewhere", AS_MADE, |r| duty(r, "b", "26T12:00", "26T13:00", DutyKind::Other)),
    ("one for two posts", AS_MADE, |r| on(r, "sho").person = on(r, "mg").person.clone()),
    ("one for all posts", AS_MADE, |r| {
        for post in ["sho", "mg", "cons"] {
            on(r, post).person = cover_rota::model::PersonId::new("e").expect("an id");
        }
    }),
    ("on another post for a minute", AS_MADE, |r| assign(r, "sho", "c", "26T12:00", "26T12:01")),
    (
        "one person twice on a post for two",
        |r| {
            line(r, "sho").count = 2;
            assign(r, "sho", "e", "26T08:00", "26T17:00");
        },
        |r| {
            r.assignments.pop();
            assign(r, "sho", "a", "26T08:00", "26T17:00");
        },
    ),
    (
        "one for two units",
        |r| {
            add_unit(r, "icu");
            add_post(r, "icu", "icu");
            add_line(r, "icu", "08:00", "17:00", 1);
            assign(r, "icu", "e", "26T08:00", "26T17:00");
        },
        |r| {
            r.assignments.retain(|a| a.post.as_str() != "cons");
            assign(r, "cons", "e", "26T08:00", "26T17:00");
        },
    ),
    (
        "somebody at home counts as nobody there",
        |r| {
            line(r, "cons").count = 2;
            assign(r, "cons", "e", "26T08:00", "26T17:00");
        },
        |r| {
            let home = PostId::new("home").expect("an id");
            r.assignments.last_mut().expect("one").post = home;
        },
    ),
    ("the post itself is held from home", AS_MADE, |r| {
        post(r, "cons").on_call = true;
    }),
    (
        "on call elsewhere from a post that allows nothing else",
        |r| post(r, "sho").exclusive = true,
        |r| {
            duty(r, "a", "26T08:00", "26T17:00", DutyKind::OnCall);
        },
    ),
    (
        "on call for the unit from a post that allows nothing else",
        |r| post(r, "cons").exclusive = true,
        |r| {
            r.assignments.retain(|a| a.post.as_str() != "home");
            assign(r, "home", "c", "26T08:00", "26T17:00");
        },
    ),
    ("a shortage that was accepted", AS_MADE, |r| {
        on(r, "mg").status = Status::Asked;
        let report = cover_rota::checker::check(r);
        r.accepted = report
            .findings
            .iter()
            .map(|finding| Acceptance {
                code: finding.code.to_string(),
                about: cover_rota::checker::acceptance_key(finding),
                by: "somebody".to_owned(),
                at: at(r, "20T08:00"),
                reason: "it will be all right".to_owned(),
            })
            .collect();
    }),
    ("a gap that was signed off", AS_MADE, |r| {
        r.assignments.clear();
        r.sign_offs.push(SignOff {
            unit: r.units[0].id.clone(),
            window: r.windows[0].id.clone(),
            by: "somebody".to_owned(),
            role: "Clinical lead".to_owned(),
            at: at(r, "20T08:00"),
            digest: String::new(),
        });
    }),
    ("cover that stands only in what was given out", AS_MADE, |r| {
        let assignments = std::mem::take(&mut r.assignments);
        r.issued.push(Issue { number: 1, at: at(r, "20T08:00"), by: String::new(), assignments });
    }),
    ("locked, and not agreed", AS_MADE, |r| {
        on(r, "sho").locked = true;
        on(r, "sho").status = Status::Asked;
    }),
    ("agreed in the note alone", AS_MADE, |r| {
        on(r, "sho").note.push_str("Agreed");
        on(r, "sho").status = Status::Proposed;
    }),
    ("the afternoon is covered a day later", AS_MADE, |r| {
        on(r, "sho").span.to = at(r, "26T12:00");
        assign(r, "sho", "a", "27T12:00", "27T17:00");
    }),
];
