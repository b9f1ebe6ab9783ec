//! What the Sessions view says: sessions by what needs doing, with what each buys. No drawing here.

use std::cell::RefCell;

use crate::checker::{Candidate, Context, Gap, Obstacle, Price, could};
use crate::editor::one_shift::shifts;
use crate::editor::{Document, GridWindow, assign};
use crate::model::{
    Assignment, Availability, Duty, DutyKind, Person, PersonId, Rota, Session, SessionId, SessionState, Span, Status,
    words,
};

/// All sessions, worked out once for each state of the rota.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionsModel {
    /// To postpone, running, postponed.
    pub groups: Vec<Group>,
}

/// The sessions of one state.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub state: SessionState,
    /// In the order in which they are shown.
    pub rows: Vec<SessionRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SessionRow {
    pub session: SessionId,
    pub state: SessionState,
    pub title: String,
    /// Initials of its team.
    pub team: String,
    /// Such as `09:00–12:00`.
    pub times: String,
    /// Such as `Tue 26-Apr`.
    pub day: String,
    /// Outpatient appointments.
    pub appointments: u32,
    pub inpatient: u32,
    pub day_case: u32,
    /// Not to be postponed if there is any other way.
    pub protected: bool,
    /// Stays as it is when cover is looked for.
    pub locked: bool,
    pub buys: Buys,
    /// The sentence a person would say.
    pub spoken: String,
}

/// What postponing buys while nothing is short.
pub const NO_GAP: &str = "No gap at that time";

/// What postponing a session buys.
#[derive(Clone, Debug, PartialEq)]
pub enum Buys {
    /// Nothing, and why.
    Nothing(String),
    /// Nobody needs the session to be postponed: it can go ahead.
    CouldRun(String),
    /// The team covers posts while the session is stopped.
    Covers {
        /// Who covers what when.
        text: String,
        /// Whether all of them have agreed.
        agreed: bool,
        /// Whether all of them count on their posts.
        counts: bool,
    },
    /// Somebody is on a post already, and does not count while it runs.
    Frees {
        /// Who and what.
        text: String,
        /// Whether they have agreed.
        agreed: bool,
    },
    /// Somebody of its team could fill a gap, or some hours of it.
    Fills(Box<Fills>),
}

/// A gap that somebody of the team could fill.
#[derive(Clone, Debug, PartialEq)]
pub struct Fills {
    /// Such as `Fills Majors SHO 13:00–15:00 with JF (trainee)`.
    pub text: String,
    /// How many could fill it and would postpone nothing.
    pub free: usize,
    /// The same where there is little room, such as `2 people are free for Majors SHO 13:00–15:00`; empty if nobody is.
    pub free_in_short: String,
    pub person: PersonId,
    /// Where, and the hours that this person could do.
    pub gap: Gap,
    /// All that it would cost, this session and whatever else.
    pub price: Price,
    /// All of the gap, where the person could do only some hours of it.
    pub part_of: Option<Span>,
    /// Whether the person's hours are limited by the rules of trainees.
    pub is_trainee: bool,
}

impl Buys {
    /// What is written.
    pub fn text(&self) -> &str {
        match self {
            Self::Nothing(text) | Self::CouldRun(text) | Self::Covers { text, .. } | Self::Frees { text, .. } => text,
            Self::Fills(fills) => &fills.text,
        }
    }
}

impl SessionsModel {
    /// All sessions of a rota.
    pub fn of(doc: &Document) -> Self {
        let rota = doc.rota();
        let ctx = Context::new(rota);
        let rows = RowMaker { doc, rota, ctx: &ctx, gaps: gaps(&doc.grid().windows), free: RefCell::default() };
        let states = [SessionState::ToPostpone, SessionState::Running, SessionState::Postponed];
        let group = |state: SessionState| {
            let mut rows: Vec<(Order, SessionRow)> = rota
                .sessions
                .iter()
                .filter(|session| session.state == state)
                .map(|session| {
                    let row = rows.row(session);
                    (order(session, &row), row)
                })
                .collect();
            rows.sort_by_key(|(order, _)| *order);
            Group { state, rows: rows.into_iter().map(|(_, row)| row).collect() }
        };
        Self { groups: states.into_iter().map(group).collect() }
    }

    pub fn row(&self, session: &SessionId) -> Option<&SessionRow> {
        self.groups.iter().flat_map(|group| &group.rows).find(|row| row.session == *session)
    }

    /// Whether another running session fills the same hours for fewer patients.
    pub fn cheaper_than<'a>(&'a self, row: &SessionRow, gap: &Gap) -> Option<&'a SessionRow> {
        let is_same = |fills: &Fills| fills.gap.post == gap.post && fills.gap.span.covers(gap.span);
        let fills = |other: &&SessionRow| {
            other.session != row.session && matches!(&other.buys, Buys::Fills(fills) if is_same(fills))
        };
        let rows = self.groups.iter().flat_map(|group| &group.rows);
        let cheapest = rows.filter(fills).min_by_key(|other| (other.protected, other.patients()))?;
        ((cheapest.protected, cheapest.patients()) < (row.protected, row.patients())).then_some(cheapest)
    }
}

impl SessionRow {
    /// Everybody booked.
    pub fn patients(&self) -> u32 {
        self.appointments.saturating_add(self.inpatient).saturating_add(self.day_case)
    }

    /// Such as `3 appointments` and `1 inpatient operation`: each kind of patient that there is.
    pub fn counts(&self) -> Vec<String> {
        let kinds = [
            (self.appointments, "appointment"),
            (self.inpatient, "inpatient operation"),
            (self.day_case, "day-case operation"),
        ];
        kinds.into_iter().filter(|(number, _)| *number > 0).map(|(number, noun)| words::count(number, noun)).collect()
    }
}

/// Running: what fills a gap first, cheapest first, protected last; the others by time.
type Order = (u8, bool, u32, Span, usize);

fn order(session: &Session, row: &SessionRow) -> Order {
    let (class, patients) = match (&row.buys, session.state) {
        (_, SessionState::ToPostpone | SessionState::Postponed) => (0, 0),
        (Buys::Frees { .. }, _) => (0, row.patients()),
        (Buys::Fills(_), _) => (1, row.patients()),
        _ => (2, 0),
    };
    let protected = session.protected && session.state == SessionState::Running;
    (class, protected, patients, session.span, 0)
}

/// The gaps of all windows, each once.
fn gaps(windows: &[GridWindow]) -> Vec<Gap> {
    let mut found: Vec<Gap> = Vec::new();
    for window in windows {
        for post in window.units.iter().filter(|unit| !unit.closed).flat_map(|unit| &unit.posts) {
            let mut of_post: Vec<Span> = post.lanes.iter().flat_map(|lane| lane.gaps.iter().copied()).collect();
            of_post.sort_unstable();
            of_post.dedup();
            found.extend(of_post.into_iter().map(|span| Gap { post: post.id.clone(), span }));
        }
    }
    found
}

struct RowMaker<'a> {
    doc: &'a Document,
    rota: &'a Rota,
    ctx: &'a Context<'a>,
    gaps: Vec<Gap>,
    /// How many are free for those gaps that were asked about.
    free: RefCell<Vec<(Gap, usize)>>,
}

impl RowMaker<'_> {
    fn row(&self, session: &Session) -> SessionRow {
        let zone = self.rota.zone();
        let team: Vec<String> = session.team.iter().map(|id| assign::initials(self.rota, id)).collect();
        let buys = match session.state {
            SessionState::Running => self.would_buy(session),
            SessionState::ToPostpone | SessionState::Postponed => self.buys(session),
        };
        let mut row = SessionRow {
            session: session.id.clone(),
            state: session.state,
            title: words::safe(&session.title).into_owned(),
            team: team.join(", "),
            times: words::times(zone, session.span),
            day: words::day(zone, session.span.from),
            appointments: session.appointments,
            inpatient: session.inpatient,
            day_case: session.day_case,
            protected: session.protected,
            locked: session.locked,
            buys,
            spoken: String::new(),
        };
        row.spoken = spoken(&row);
        row
    }

    /// What the team of a stopped session covers meanwhile.
    fn buys(&self, session: &Session) -> Buys {
        let held = self.held_meanwhile(session);
        let away = self.away_then(session);
        if session.state == SessionState::ToPostpone && (session.team.is_empty() || !away.is_empty()) && held.is_empty()
        {
            let who = if away.is_empty() { "it has no team".to_owned() } else { away.join(", ") };
            return Buys::Nothing(format!("Cannot go ahead without its team: {who}"));
        }
        if held.is_empty() {
            return match session.state {
                SessionState::ToPostpone => Buys::CouldRun("Can go ahead: none of its team is needed then".to_owned()),
                _ => Buys::Nothing("Nothing: none of its team covers a post then".to_owned()),
            };
        }
        let is_spare = || held.iter().all(|a| self.is_spare(a, session));
        if session.state == SessionState::ToPostpone && away.is_empty() && is_spare() {
            return Buys::CouldRun(format!("Can go ahead, there are enough without: {}", self.who_covers_what(&held)));
        }
        let counts = held.iter().all(|a| self.counts(a, session));
        let told = self.who_covers_what(&held);
        let text = if counts { told } else { format!("Not counted: {told}") };
        Buys::Covers { text, agreed: held.iter().all(|a| a.status == Status::Agreed), counts }
    }

    /// Whether somebody counts on a post while the session would run, at least once all agree. On two posts at once
    /// nobody does.
    fn counts(&self, held: &Assignment, session: &Session) -> bool {
        let (Some(both), Some(post)) = (held.span.overlap(session.span), self.rota.post(&held.post)) else {
            return true;
        };
        let steps = self.rota.windows.iter().flat_map(|window| self.doc.coverage(&window.id, &post.unit));
        let meanwhile = steps.filter(|step| step.span.overlaps(both));
        let mut posts = meanwhile.filter_map(|step| step.posts.iter().find(|p| p.post == held.post));
        posts.all(|p| p.counts_if_agreed.contains(&held.person))
    }

    /// Whoever of the team is not known to be available for all of the session, or is on duty elsewhere, and why: then
    /// nobody is told that it can go ahead.
    fn away_then(&self, session: &Session) -> Vec<String> {
        let team = session.team.iter().filter_map(|id| self.rota.person(id));
        let why = |person: &Person| {
            let worst = person.availability_in(session.span).into_iter().map(|(_, is)| is).max();
            let is_busy = |duty: &Duty| duty.kind != DutyKind::OnCall && duty.span.overlaps(session.span);
            match worst {
                Some(Availability::NotAvailable) => Some("is not available"),
                _ if person.duties.iter().any(is_busy) => Some("is on duty elsewhere"),
                Some(Availability::NotKnown) => Some("is not known to be available"),
                _ => None,
            }
        };
        team.filter_map(|person| Some(format!("{} {}", words::safe(&person.initials), why(person)?))).collect()
    }

    /// Whether the post has enough people without that one, as long as the session lasts.
    fn is_spare(&self, held: &Assignment, session: &Session) -> bool {
        let (Some(both), Some(post)) = (held.span.overlap(session.span), self.rota.post(&held.post)) else {
            return true;
        };
        let steps = self.rota.windows.iter().flat_map(|window| self.doc.coverage(&window.id, &post.unit));
        let meanwhile = steps.filter(|step| step.span.overlaps(both));
        let mut posts = meanwhile.filter_map(|step| step.posts.iter().find(|p| p.post == held.post));
        posts.all(|p| {
            let others = p.counts_if_agreed.iter().filter(|person| !session.team.contains(person)).count();
            others >= p.need as usize
        })
    }

    fn held_meanwhile(&self, session: &Session) -> Vec<&Assignment> {
        let fits = |a: &&Assignment| {
            a.status != Status::Declined
                && a.span.overlaps(session.span)
                && session.team.contains(&a.person)
                && self.rota.post(&a.post).is_none_or(|post| !post.on_call)
        };
        let mut held: Vec<&Assignment> = self.rota.assignments.iter().filter(fits).collect();
        held.sort_by_key(|a| a.span);
        held
    }

    /// Such as `AN 12:00–17:00, Majors middle grade`.
    fn who_covers_what(&self, held: &[&Assignment]) -> String {
        let zone = self.rota.zone();
        let one = |a: &&Assignment| {
            let who = assign::initials(self.rota, &a.person);
            format!("{who} {}, {}", words::times(zone, a.span), assign::post_name(self.rota, &a.post))
        };
        held.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    /// Such as `Frees GH for Majors SHO 09:00–12:00`.
    fn frees(&self, session: &Session, held: &[&Assignment]) -> String {
        let zone = self.rota.zone();
        let one = |a: &&Assignment| {
            let span = a.span.overlap(session.span)?;
            let who = assign::initials(self.rota, &a.person);
            let post = assign::post_name(self.rota, &a.post);
            Some(format!("{who} for {post} {}", words::times(zone, span)))
        };
        format!("Frees {}", held.iter().filter_map(one).collect::<Vec<_>>().join("; "))
    }

    /// What postponing a running session frees up.
    fn would_buy(&self, session: &Session) -> Buys {
        let held = self.held_meanwhile(session);
        if !held.is_empty() {
            let agreed = held.iter().all(|a| a.status == Status::Agreed);
            return Buys::Frees { text: self.frees(session, &held), agreed };
        }
        let meanwhile: Vec<&Gap> = self.gaps.iter().filter(|gap| gap.span.overlaps(session.span)).collect();
        let mut against: Vec<(usize, Candidate)> = Vec::new();
        if let Some(mut fills) = self.best_of(session, &meanwhile, &mut against) {
            fills.free = self.free_for(&fills.gap);
            let are = if fills.free == 1 { "is" } else { "are" };
            if fills.free > 0 {
                let people = words::people(fills.free);
                fills.text = format!("{}; {people} {are} free for it", fills.text);
                let post = assign::post_name(self.rota, &fills.gap.post);
                let times = words::times(self.rota.zone(), fills.gap.span);
                fills.free_in_short = format!("{people} {are} free for {post} {times}");
            }
            return Buys::Fills(Box::new(fills));
        }
        against.sort_by_key(|(at, _)| *at);
        let against: Vec<Candidate> = against.into_iter().map(|(_, candidate)| candidate).collect();
        Buys::Nothing(self.why_nothing(session, &meanwhile, &against))
    }

    /// The gap that somebody of the team could best fill: all of a shift of it before less; what needs nothing else;
    /// whoever does not get too tired; the longest; the earliest.
    fn best_of(&self, session: &Session, gaps: &[&Gap], against: &mut Vec<(usize, Candidate)>) -> Option<Fills> {
        let mut found: Vec<(usize, bool, Fills)> = Vec::new();
        let mut order: Vec<usize> = (0..gaps.len()).collect();
        order.sort_by_key(|at| (-gaps[*at].span.minutes(), gaps[*at].span.from));
        for at in order {
            for person in &session.team {
                match self.fills(session, person, gaps[at]) {
                    // In this order nothing that comes later is much better: a large rota has thousands of gaps.
                    Ok((fills, true)) if fills.price.sessions.len() <= 1 && fills.price.tired_minutes() == 0 => {
                        return Some(fills);
                    }
                    Ok((fills, is_shift)) => found.push((at, is_shift, fills)),
                    Err(candidate) => against.extend(candidate.map(|candidate| (at, *candidate))),
                }
            }
        }
        let key = |(at, is_shift, fills): &(usize, bool, Fills)| {
            let (price, span) = (&fills.price, fills.gap.span);
            (!is_shift, price.sessions.len(), price.tired_minutes() > 0, -span.minutes(), span.from, *at)
        };
        found.into_iter().min_by_key(key).map(|(_, _, fills)| fills)
    }

    /// How many could fill a gap and would postpone nothing: nobody need be postponed for it then.
    fn free_for(&self, gap: &Gap) -> usize {
        if let Some(known) = self.free.borrow().iter().find(|(of, _)| of == gap) {
            return known.1;
        }
        let is_free = |person: &&Person| {
            let able = self.ctx.person_ix(&person.id).zip(self.ctx.post_ix(&gap.post));
            able.is_some_and(|(who, post)| self.ctx.is_in_scope(who, post) && self.ctx.is_able(who, post))
                && could(self.ctx, &person.id, gap).is_some_and(|c| c.obstacles.is_empty() && c.price.is_nothing())
        };
        let free = self.rota.people.iter().filter(is_free).count();
        self.free.borrow_mut().push((gap.clone(), free));
        free
    }

    /// The hours of a gap that the person could do if the session were postponed, and whether they are a whole shift: a
    /// shift of it in which the session lies if that tires nobody too much, else what the gap has of the session's time.
    fn fills(&self, session: &Session, person: &PersonId, gap: &Gap) -> Result<(Fills, bool), Option<Box<Candidate>>> {
        let (who, post) = self.ctx.person_ix(person).zip(self.ctx.post_ix(&gap.post)).ok_or(None)?;
        if !self.ctx.is_in_scope(who, post) || !self.ctx.is_able(who, post) {
            return Err(None);
        }
        let ask = |hours: Gap| Some((could(self.ctx, person, &hours)?, hours));
        let shifts = shifts(self.rota, gap).filter(|shift| shift.span.overlaps(session.span));
        let shifts: Vec<(Candidate, Gap)> = shifts.filter_map(ask).collect();
        let is_able = |candidate: &Candidate| candidate.obstacles.is_empty();
        let fits = shifts.iter().find(|(it, _)| is_able(it) && it.price.tired_minutes() == 0).cloned();
        let is_shift = fits.is_some();
        let meanwhile = || {
            let both = gap.span.overlap(session.span)?;
            ask(Gap { span: both, ..gap.clone() }).filter(|(candidate, _)| is_able(candidate))
        };
        let Some((candidate, hours)) = fits.or_else(meanwhile) else {
            let mut all = shifts.into_iter().map(|(candidate, _)| candidate);
            return Err(all.find(|candidate| !is_able(candidate)).map(Box::new));
        };
        if !candidate.price.sessions.contains(&session.id) {
            return Err(None);
        }
        let is_trainee = self.rota.person(person).is_some_and(|person| person.rules.is_trainee());
        let mut notes = Vec::new();
        if is_trainee {
            notes.push("trainee");
        }
        if candidate.price.not_known {
            notes.push("availability not known");
        }
        let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
        let times = words::times(self.rota.zone(), hours.span);
        let (post, who) = (assign::post_name(self.rota, &hours.post), assign::initials(self.rota, person));
        let also = self.also(session, &candidate.price);
        let text = format!("Fills {post} {times} with {who}{notes}{also}");
        let part_of = (hours.span != gap.span).then_some(gap.span);
        let fills = Fills {
            text,
            free: 0,
            free_in_short: String::new(),
            person: person.clone(),
            gap: hours,
            price: candidate.price,
            part_of,
            is_trainee,
        };
        Ok((fills, is_shift))
    }

    /// What else would have to be postponed.
    fn also(&self, session: &Session, price: &Price) -> String {
        let others = price.sessions.iter().filter(|id| **id != session.id).filter_map(|id| self.rota.session(id));
        let titles: Vec<String> = others.map(|other| words::safe(&other.title).into_owned()).collect();
        if titles.is_empty() { String::new() } else { format!(", without {} too", words::list(&titles)) }
    }

    fn why_nothing(&self, session: &Session, gaps: &[&Gap], against: &[Candidate]) -> String {
        if self.rota.windows.iter().all(|window| !window.span.overlaps(session.span)) {
            return "Nothing: it is outside the walkout".to_owned();
        }
        if gaps.is_empty() {
            return NO_GAP.to_owned();
        }
        if session.team.is_empty() {
            return "Nothing: no team is entered".to_owned();
        }
        let cannot = |candidate: &Candidate| {
            candidate
                .obstacles
                .iter()
                .any(|obstacle| matches!(obstacle, Obstacle::OutOfScope { .. } | Obstacle::Lacks(_)))
        };
        let who = |id: &PersonId| assign::initials(self.rota, id);
        // Somebody who could, but for an obstacle, is named with that obstacle.
        if let Some(candidate) = against.iter().find(|candidate| !cannot(candidate)) {
            let text = candidate.text.split("; ").next().unwrap_or_default();
            return format!("Nothing: {} {}", who(&candidate.person), words::inside(text));
        }
        let names: Vec<String> = session.team.iter().map(who).collect();
        let mut units: Vec<String> = Vec::new();
        for unit in gaps.iter().filter_map(|gap| self.rota.unit(&self.rota.post(&gap.post)?.unit)) {
            let name = words::safe(&unit.name).into_owned();
            if !units.contains(&name) {
                units.push(name);
            }
        }
        format!("Nothing: {} may not cover the gaps in {}", words::list(&names), words::list(&units))
    }
}

/// What, when, who, how many, and what it buys.
fn spoken(row: &SessionRow) -> String {
    let mut parts = vec![format!("{}, {}", row.title, row.state.words())];
    parts.push(format!("{} {}", row.day, row.times));
    if !row.team.is_empty() {
        parts.push(row.team.clone());
    }
    parts.extend(row.counts());
    if row.protected {
        parts.push("protected".to_owned());
    }
    if row.locked {
        parts.push("locked".to_owned());
    }
    format!("{}. {}", parts.join(", "), row.buys.text())
}
