//! Makes the rows of the People view: bars, words where a person has nothing, and the spoken sentence.

use std::collections::BTreeMap;

use crate::checker::{MINUTES_IN_7_DAYS_MAX, PersonWork, Severity, spans};
use crate::editor::held_hours::HeldHours;
use crate::editor::other_specialty::covers_all_of_another;
use crate::editor::{Document, assign};
use crate::model::{
    Assignment, AssignmentId, Availability, Duty, DutyKind, Person, Rota, Session, SessionState, Span, words,
};
use crate::ui::people::facts::{Held, Standing, findings, worst_words};

use super::row::{Bar, BarKind, PersonTimeline, RestMark, Words, hours};
use super::windows::WindowHead;

/// The heading under which specialties with few people stand together.
const OTHERS: &str = "Other specialties";

/// What the rows of all people are made from.
pub(super) struct RowMaker<'a> {
    rota: &'a Rota,
    windows: &'a [WindowHead],
    held: Held<'a>,
    worst: Vec<Option<Severity>>,
    /// The worst that is said of each block, and the sentence.
    of_block: BTreeMap<&'a AssignmentId, (Severity, &'a str)>,
    /// What was last given out; none if nothing was.
    issued: Option<BTreeMap<&'a AssignmentId, &'a Assignment>>,
    /// From the first thing drawn to the last.
    drawn: Span,
}

impl<'a> RowMaker<'a> {
    pub(super) fn new(doc: &'a Document, windows: &'a [WindowHead]) -> Self {
        let rota = doc.rota();
        let held = Held::of(rota);
        let worst = held.worst(findings(doc));
        let mut of_block = BTreeMap::new();
        for finding in findings(doc) {
            let said = (finding.severity, finding.message.as_str());
            for block in &finding.assignments {
                let kept = of_block.entry(block).or_insert(said);
                if said.0 < kept.0 {
                    *kept = said;
                }
            }
        }
        Self { rota, windows, held, worst, of_block, issued: issued(rota), drawn: super::windows::drawn(windows) }
    }

    /// What the view says of one person, and what its filters ask.
    pub(super) fn row(&self, at: usize, work: &PersonWork, title: &str) -> (PersonTimeline, Standing) {
        let person = &self.rota.people[at];
        let bars = self.bars(at);
        let words = self.words(person, &bars);
        let standing = self.held.standing(at, self.worst[at]);
        let is_away =
            |head: &WindowHead| bars.iter().any(|bar| bar.what == BarKind::Away && bar.span.covers(head.span));
        let (free, away) = (words.iter().any(|words| words.is_free), self.windows.iter().any(is_away));
        let assignments = self.held.assignments[at].iter().copied();
        let on_rota = |head: &WindowHead| HeldHours::of(self.rota, assignments.clone(), head.span);
        let held: Vec<HeldHours> = self.windows.iter().map(on_rota).collect();
        let grade = [&person.grade, &person.specialty].map(|text| text.trim()).into_iter();
        let grade: Vec<_> = grade.filter(|text| !text.is_empty()).map(|text| words::safe(text)).collect();
        let all_of = covers_all_of_another(self.rota, person);
        let all_of = all_of.into_iter().map(|unit| format!(", all posts of {}", words::safe(&unit.name)));
        let all_of: String = all_of.collect();
        let grade = grade.join(", ") + &all_of;
        let mut row = PersonTimeline {
            person: person.id.clone(),
            initials: words::safe(&person.initials).into_owned(),
            name: words::safe(&person.full_name()).into_owned(),
            grade_in_group: if title == OTHERS {
                grade.clone()
            } else {
                words::safe(person.grade.trim()).into_owned() + &all_of
            },
            grade,
            words,
            rests: work.rests.iter().map(rest_mark).collect(),
            total: held.iter().copied().sum(),
            hours: held,
            week: hours(work.most_in_7_days),
            week_is_over: work.most_in_7_days > MINUTES_IN_7_DAYS_MAX,
            rest: match work.least_rest {
                Some(least) => hours(least),
                None if work.spells.is_empty() => String::new(),
                None => NO_REST.to_owned(),
            },
            owed: if work.missing > 0 { format!("−{}", hours(work.missing)) } else { String::new() },
            worst: standing.worst,
            spoken: String::new(),
            bars,
        };
        row.spoken = spoken(&row, free);
        (row, Standing { free, away, ..standing })
    }

    fn bars(&self, at: usize) -> Vec<Bar> {
        let person = &self.rota.people[at];
        let mut bars: Vec<Bar> = self.away(person).into_iter().map(|span| self.away_bar(span)).collect();
        bars.extend(self.held.assignments[at].iter().map(|held| self.post_bar(held)));
        bars.extend(person.duties.iter().map(|duty| self.duty_bar(duty)));
        bars.extend(self.held.sessions[at].iter().map(|session| self.session_bar(session)));
        bars.retain(|bar| bar.span.overlaps(self.drawn));
        bars.sort_by_key(|bar| (bar.what != BarKind::Away, bar.span));
        let mut end = None;
        for bar in bars.iter_mut().filter(|bar| !matches!(bar.what, BarKind::Away | BarKind::Stopped(..))) {
            bar.below = end.is_some_and(|end| bar.span.from < end);
            if !bar.below {
                end = Some(bar.span.to);
            }
        }
        bars
    }

    /// Not available, within the windows.
    fn away(&self, person: &Person) -> Vec<Span> {
        let times = self.windows.iter().flat_map(|w| person.times_with(Availability::NotAvailable, w.span));
        spans::union(times.collect())
    }

    fn when(&self, span: Span) -> String {
        let zone = self.rota.zone();
        format!("{} {}", words::day(zone, span.from), words::times(zone, span))
    }

    fn away_bar(&self, span: Span) -> Bar {
        let spoken = format!("{}: not available", self.when(span));
        let name = "not available".to_owned();
        Bar {
            what: BarKind::Away,
            span,
            short: String::new(),
            name,
            problem: None,
            changed: false,
            below: false,
            spoken,
        }
    }

    fn post_bar(&self, held: &Assignment) -> Bar {
        let post = self.rota.post(&held.post);
        let on_call = post.is_some_and(|post| post.on_call);
        let name = assign::post_name(self.rota, &held.post);
        let said = self.of_block.get(&held.id);
        let locked = if held.locked { ", locked" } else { "" };
        let problem = said.map_or(String::new(), |(_, message)| format!(". {message}"));
        let who = assign::initials(self.rota, &held.person);
        let status = held.status.words();
        let home = if on_call { ", on call" } else { "" };
        Bar {
            spoken: format!("{who}, {}: {name}{home}, {status}{locked}{problem}", self.when(held.span)),
            what: BarKind::Post { assignment: held.id.clone(), status: held.status, locked: held.locked, on_call },
            span: held.span,
            name,
            short: if on_call { "on call".to_owned() } else { String::new() },
            problem: said.map(|(severity, _)| *severity),
            changed: self.issued.as_ref().is_some_and(|issued| issued.get(&held.id) != Some(&held)),
            below: false,
        }
    }

    fn duty_bar(&self, duty: &Duty) -> Bar {
        let kind = duty.kind.words();
        let label = words::safe(duty.label.trim()).into_owned();
        let name = if label.is_empty() { kind.to_owned() } else { label };
        let spoken = format!("{}: {name}, {kind}", self.when(duty.span));
        let short = kind.to_owned();
        Bar {
            what: BarKind::Duty(duty.kind),
            span: duty.span,
            name,
            short,
            problem: None,
            changed: false,
            below: false,
            spoken,
        }
    }

    fn session_bar(&self, session: &Session) -> Bar {
        let title = words::safe(&session.title).into_owned();
        let kind = session.kind.noun();
        let patients = patients(session);
        let (state, name, short) = match session.state {
            SessionState::Running => ("running", title.clone(), short_session(session)),
            SessionState::ToPostpone => {
                ("to postpone", format!("postpones {kind}{}", comma(&patients)), format!("postpones {kind}"))
            }
            SessionState::Postponed => ("postponed", format!("{title}, postponed"), format!("{kind}, postponed")),
        };
        let what = match session.state {
            SessionState::Running => BarKind::Session(session.id.clone()),
            state => BarKind::Stopped(session.id.clone(), state),
        };
        let spoken = format!("{}: {title}, {state}{}", self.when(session.span), comma(&patients));
        Bar { what, span: session.span, name, short, problem: None, changed: false, below: false, spoken }
    }

    /// "free" and "not known", in windows in which the person holds nothing.
    fn words(&self, person: &Person, bars: &[Bar]) -> Vec<Words> {
        let mut found = Vec::new();
        for window in self.windows {
            let is_held =
                |bar: &&Bar| matches!(bar.what, BarKind::Post { on_call: false, .. }) && bar.span.overlaps(window.span);
            if bars.iter().any(|bar| is_held(&bar)) {
                continue;
            }
            let takes_time = |bar: &&Bar| {
                !matches!(
                    bar.what,
                    BarKind::Stopped(..) | BarKind::Duty(DutyKind::OnCall) | BarKind::Post { on_call: true, .. }
                )
            };
            let taken = spans::union(bars.iter().filter(takes_time).map(|bar| bar.span).collect());
            for (is_free, wanted) in [(true, Availability::Available), (false, Availability::NotKnown)] {
                let left = spans::without(&person.times_with(wanted, window.span), &taken);
                found.extend(left.into_iter().map(|span| Words { span, is_free }));
            }
        }
        found
    }
}

/// The assignments of the version last given out.
fn issued(rota: &Rota) -> Option<BTreeMap<&AssignmentId, &Assignment>> {
    let latest = rota.issued.iter().max_by_key(|issue| issue.number)?;
    Some(latest.assignments.iter().map(|assignment| (&assignment.id, assignment)).collect())
}

/// Where all work is one piece, there is no rest between one and the next.
pub(super) const NO_REST: &str = "—";

fn rest_mark(rest: &crate::checker::Rest) -> RestMark {
    let (span, is_short) = (rest.span, rest.missing > 0);
    let length = hours(span.minutes());
    RestMark { span, text: if is_short { length } else { format!("{length} rest") }, is_short }
}

/// Such as `clinic 14`.
fn short_session(session: &Session) -> String {
    let kind = session.kind.noun();
    match session.appointments + session.operations() {
        0 => kind.to_owned(),
        many => format!("{kind} {many}"),
    }
}

/// Such as `14 appointments` or `3 operations`.
fn patients(session: &Session) -> String {
    let mut parts = Vec::new();
    if session.appointments > 0 {
        parts.push(words::count(session.appointments, "appointment"));
    }
    if session.operations() > 0 {
        parts.push(words::count(session.operations(), "operation"));
    }
    parts.join(", ")
}

fn comma(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(", {text}") }
}

/// Who, what they do when, hours, rest.
fn spoken(row: &PersonTimeline, is_free: bool) -> String {
    let mut parts = vec![format!("{} {}, {}", row.initials, row.name, row.grade)];
    parts.extend(row.bars.iter().map(|bar| {
        let own = format!("{}, ", row.initials);
        bar.spoken.strip_prefix(&own).unwrap_or(&bar.spoken).trim_end_matches('.').to_owned()
    }));
    if is_free {
        parts.push("free in part".to_owned());
    }
    let rest = match row.rest.as_str() {
        "" => String::new(),
        NO_REST => ", one piece of work, so no rest between".to_owned(),
        least if row.bars.iter().any(Bar::is_on_call) => {
            format!(", least rest {least}, on call from home counted as rest")
        }
        least => format!(", least rest {least}"),
    };
    let owed = row.owed.strip_prefix('−').map_or(String::new(), |owed| format!(", rest too short by {owed}"));
    parts.push(format!("{} on the rota, {} in 7 days{rest}{owed}", row.total.said(hours), row.week));
    parts.extend(worst_words(row.worst).map(str::to_owned));
    parts.join("; ")
}
