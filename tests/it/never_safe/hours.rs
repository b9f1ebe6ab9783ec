//! Everybody is there, and somebody has been there too long.

use cover_rota::model::{DutyKind, Rota, Rules, SessionState};

use super::Case;
use super::made::{at, duty, person, session};

/// Ann is a trainee of 2019.
fn trainee(rota: &mut Rota) {
    person(rota, "a").rules = Rules::Trainee2019;
}

/// Ann is at work from then to then, of April.
fn work(rota: &mut Rota, from: &str, to: &str) {
    duty(rota, "a", from, to, DutyKind::Resident);
}

pub(super) const CASES: &[Case] = &[
    (
        "a day after a day with too little rest",
        |r| {
            trainee(r);
            work(r, "25T08:00", "25T21:00");
        },
        |r| person(r, "a").duties[0].span.to = at(r, "25T21:01"),
    ),
    (
        "a day in pieces that lasts too long",
        |r| {
            trainee(r);
            work(r, "26T19:00", "26T21:00");
        },
        |r| person(r, "a").duties[0].span.to = at(r, "26T21:01"),
    ),
    (
        "a clinic before the day makes it too long",
        |r| {
            trainee(r);
            session(r, "a", "26T04:00", "26T06:00", SessionState::Running);
        },
        |r| r.sessions[0].span.from = at(r, "26T03:59"),
    ),
    (
        "thirteen hours and a minute",
        |r| {
            trainee(r);
            work(r, "26T17:00", "26T21:00");
        },
        |r| person(r, "a").duties[0].span.to = at(r, "26T21:01"),
    ),
    (
        "a day after a night",
        |r| {
            trainee(r);
            work(r, "23T22:00", "24T08:00");
        },
        |r| person(r, "a").duties[0].span.to = at(r, "24T10:01"),
    ),
    (
        "a fifth long day",
        |r| {
            trainee(r);
            for day in ["23", "24", "25"] {
                work(r, &format!("{day}T08:00"), &format!("{day}T19:00"));
            }
            work(r, "26T17:00", "26T18:30");
        },
        |r| work(r, "22T08:00", "22T19:00"),
    ),
    (
        "four long days and then a short one",
        |r| {
            trainee(r);
            for day in ["23", "24", "25"] {
                work(r, &format!("{day}T08:00"), &format!("{day}T19:00"));
            }
        },
        |r| work(r, "22T08:00", "22T19:00"),
    ),
    (
        "an eighth day in a row",
        |r| {
            trainee(r);
            for day in ["20", "21", "22", "23", "24", "25"] {
                work(r, &format!("{day}T09:00"), &format!("{day}T17:00"));
            }
        },
        |r| work(r, "19T09:00", "19T17:00"),
    ),
    (
        "more than 72 hours in seven days",
        |r| {
            trainee(r);
            for day in ["21", "22", "23", "24", "25"] {
                work(r, &format!("{day}T06:00"), &format!("{day}T16:00"));
            }
            work(r, "20T06:00", "20T16:00");
            work(r, "26T07:00", "26T08:00");
            work(r, "26T17:00", "26T19:00");
        },
        |r| work(r, "26T19:00", "26T19:01"),
    ),
    (
        "sixteen hours and a minute by the New Deal",
        |r| {
            person(r, "a").rules = Rules::NewDeal;
            work(r, "26T20:00", "27T00:00");
        },
        |r| person(r, "a").duties[0].span.to = at(r, "27T00:01"),
    ),
    (
        "fourteen hours and a minute in one piece by the New Deal",
        |r| {
            person(r, "a").rules = Rules::NewDeal;
            work(r, "26T17:00", "26T22:00");
        },
        |r| person(r, "a").duties[0].span.to = at(r, "26T22:01"),
    ),
];
