//! Whether a command leaves the rota sound, by looking only at what it touched where that is enough.

use super::change::{Change, ListChange};
use super::fault::{Fault, Found};
use super::record::Record;
use super::rota::{Assignment, Person, Rota, Session};
use super::unsound::{Known, check_list, faults};
use super::{AssignmentId, PersonId, SessionId};

/// What has to be looked at after some changes.
///
/// Nobody refers to assignments and sessions, and a person who is still there can still be referred to: where the rota
/// was sound, a command on these can bring faults about only in the records that it names.
#[derive(Debug)]
pub(super) enum Soundness {
    /// These records.
    Touched(Touched),
    /// Every record.
    Whole,
}

/// Records that changes name; each list sorted.
#[derive(Debug, Default)]
pub(super) struct Touched {
    people: Vec<PersonId>,
    sessions: Vec<SessionId>,
    assignments: Vec<AssignmentId>,
}

impl Soundness {
    /// What to look at after those changes to a rota that was sound or not.
    pub(super) fn after(changes: &[Change], was_sound: bool) -> Self {
        let touched = was_sound.then(|| Touched::by(changes)).flatten();
        touched.map_or(Self::Whole, Self::Touched)
    }

    /// All faults of the rota, as [`faults`] tells them.
    pub(super) fn faults(&self, rota: &Rota) -> Vec<Fault> {
        match self {
            Self::Touched(touched) => touched.faults(rota),
            Self::Whole => faults(rota),
        }
    }
}

impl Touched {
    /// Nothing where a change could bring a fault about in a record that it does not name.
    fn by(changes: &[Change]) -> Option<Self> {
        let mut touched = Self::default();
        for change in changes {
            match change {
                Change::People(ListChange::Remove(_)) => return None,
                Change::People(change) => touched.people.push(id_of(change).clone()),
                Change::Sessions(change) => touched.sessions.push(id_of(change).clone()),
                Change::Assignments(change) => touched.assignments.push(id_of(change).clone()),
                // These refer to nothing.
                Change::Accepted(_) | Change::Log(_) | Change::Properties(_) => {}
                _ => return None,
            }
        }
        touched.people.sort_unstable();
        touched.sessions.sort_unstable();
        touched.assignments.sort_unstable();
        Some(touched)
    }

    fn faults(&self, rota: &Rota) -> Vec<Fault> {
        let mut found = Found::default();
        if self.people.is_empty() && self.sessions.is_empty() && self.assignments.is_empty() {
            return found.0;
        }
        let known = Known::of(rota);
        check_list(named::<Person>(rota, &self.people), &known, &mut found);
        check_list(named::<Session>(rota, &self.sessions), &known, &mut found);
        check_list(named::<Assignment>(rota, &self.assignments), &known, &mut found);
        found.0
    }
}

/// The records of those ids, in the order of the rota.
fn named<'a, T: Record + 'a>(rota: &'a Rota, ids: &'a [T::Id]) -> impl Iterator<Item = &'a T>
where
    T::Id: Ord,
{
    T::list(rota).iter().filter(|record| ids.binary_search(record.id()).is_ok())
}

fn id_of<T: Record>(change: &ListChange<T>) -> &T::Id {
    match change {
        ListChange::Insert(_, record) | ListChange::Replace(record) => record.id(),
        ListChange::Remove(id) | ListChange::Move(id, _) => id,
    }
}

#[cfg(test)]
mod tests {
    use super::super::change::apply_all;
    use super::*;
    use crate::model::{
        Availability, Available, Command, Competency, CompetencyId, Duty, DutyKind, History, Instant, MayCover, Post,
        PostId, Refusal, SessionKind, Span, Tier, TierId, Unit, UnitId,
    };

    /// A small generator: the same number, the same choices.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % sides
        }

        /// One of a few ids, so that records meet, and refer to each other or to nothing.
        fn id(&mut self) -> &'static str {
            ["a", "b", "c", "d"][self.roll(4) as usize]
        }

        /// Mostly one that is there from the start.
        fn known(&mut self) -> &'static str {
            if self.roll(8) == 0 { self.id() } else { "a" }
        }

        fn span(&mut self) -> Span {
            let from = self.roll(100).cast_signed();
            Span::new(Instant(from), Instant(from + self.roll(9).cast_signed()))
        }

        fn list_change<T: Record>(&mut self, id: T::Id, record: T) -> Change
        where
            Change: From<ListChange<T>>,
        {
            let place = self.roll(4) as usize;
            match self.roll(6) {
                0 | 1 => ListChange::Insert(place, record),
                2 | 3 => ListChange::Replace(record),
                4 => ListChange::<T>::Remove(id),
                _ => ListChange::<T>::Move(id, place),
            }
            .into()
        }

        fn change(&mut self) -> Change {
            match self.roll(12) {
                0..=3 => {
                    let one = assignment(self);
                    self.list_change(one.id.clone(), one)
                }
                4..=6 => {
                    let one = session(self);
                    self.list_change(one.id.clone(), one)
                }
                7..=9 => {
                    let one = person(self);
                    self.list_change(one.id.clone(), one)
                }
                10 => {
                    let one = post(self);
                    self.list_change(one.id.clone(), one)
                }
                _ => Change::Accepted(vec![]),
            }
        }
    }

    fn assignment(dice: &mut Dice) -> Assignment {
        Assignment::new(
            AssignmentId::new(dice.id()).unwrap(),
            PostId::new(dice.known()).unwrap(),
            PersonId::new(dice.known()).unwrap(),
            dice.span(),
        )
    }

    fn session(dice: &mut Dice) -> Session {
        let new = Session::new(SessionId::new(dice.id()).unwrap(), SessionKind::Clinic, "", dice.span());
        Session {
            team: (0..dice.roll(3)).map(|_| PersonId::new(dice.known()).unwrap()).collect(),
            appointments: if dice.roll(9) == 0 { u32::MAX } else { 3 },
            ..new
        }
    }

    fn person(dice: &mut Dice) -> Person {
        let id = dice.id();
        let unit = |dice: &mut Dice| UnitId::new(dice.known()).unwrap();
        let cover = |dice: &mut Dice| MayCover::up_to(unit(dice), TierId::new(dice.known()).unwrap());
        Person {
            may_cover: (0..dice.roll(2)).map(|_| cover(dice)).collect(),
            competencies: (0..dice.roll(2)).map(|_| CompetencyId::new(dice.known()).unwrap()).collect(),
            usually: Availability::Available,
            availability: vec![Available { span: dice.span(), is: Availability::NotKnown }; dice.roll(2) as usize],
            duties: vec![
                Duty { span: dice.span(), kind: DutyKind::Other, label: String::new() };
                dice.roll(2) as usize
            ],
            ..Person::new(PersonId::new(id).unwrap(), id.to_uppercase())
        }
    }

    fn post(dice: &mut Dice) -> Post {
        let id = PostId::new(dice.id()).unwrap();
        let unit = UnitId::new(dice.known()).unwrap();
        Post::new(id, unit, TierId::new(dice.known()).unwrap(), "")
    }

    /// A rota without faults in which the records of id `a` refer to each other.
    fn rota() -> Rota {
        let mut dice = Dice(0);
        let unit = UnitId::new("a").unwrap();
        let tiers = vec![Tier { id: TierId::new("a").unwrap(), name: String::new() }];
        let mut rota = Rota {
            competencies: vec![Competency { id: CompetencyId::new("a").unwrap(), name: String::new() }],
            units: vec![Unit::new(unit.clone(), "", tiers)],
            ..Rota::empty()
        };
        rota.posts = vec![Post { id: PostId::new("a").unwrap(), unit, ..post(&mut Dice(1)) }];
        rota.posts[0].tier = TierId::new("a").unwrap();
        rota.people = vec![Person { id: PersonId::new("a").unwrap(), may_cover: vec![], ..person(&mut dice) }];
        rota.people[0].competencies.clear();
        rota.people[0].availability.clear();
        rota.people[0].duties.clear();
        assert_eq!(faults(&rota), []);
        rota
    }

    #[test]
    fn a_rota_that_came_with_faults_is_looked_at_whole() {
        let mut rota = rota();
        rota.units[0].tiers.clear();
        let mut history = History::new(rota);
        let title = Command::edit("x", vec![Change::add(session(&mut Dice(3)))]);
        assert!(matches!(history.run(title), Err(Refusal::Unsound(_))));
    }

    #[test]
    fn what_a_command_touched_has_all_the_faults() {
        let (mut sound, mut unsound) = (0, 0);
        for seed in 0..200 {
            let (mut dice, mut rota) = (Dice(seed), rota());
            for _ in 0..40 {
                let changes: Vec<Change> = (0..=dice.roll(3)).map(|_| dice.change()).collect();
                let soundness = Soundness::after(&changes, true);
                let Ok(inverse) = apply_all(changes.clone(), &mut rota) else { continue };
                let all = faults(&rota);
                assert_eq!(soundness.faults(&rota), all, "{changes:?}");
                if all.is_empty() {
                    sound += 1;
                } else {
                    unsound += 1;
                    apply_all(inverse, &mut rota).unwrap();
                }
            }
        }
        assert!(sound > 500 && unsound > 500, "{sound} and {unsound}");
    }
}
