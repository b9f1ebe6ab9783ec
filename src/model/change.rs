//! One step of a command: done to the rota, it gives the step that takes it back.

use thiserror::Error;

use super::PersonId;
use super::fault::Fault;
use super::record::Record;
use super::rota::{
    Acceptance, Assignment, Competency, Issue, LogEntry, Normal, Person, Post, Properties, Rota, Session, SignOff,
    Unit, Window,
};
use super::unsound::path;

/// One step of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Title, hospital, region, zone and words.
    Properties(Properties),
    Windows(ListChange<Window>),
    Competencies(ListChange<Competency>),
    Units(ListChange<Unit>),
    Posts(ListChange<Post>),
    /// Normal staffing.
    Normals(ListChange<Normal>),
    People(ListChange<Person>),
    Sessions(ListChange<Session>),
    Assignments(ListChange<Assignment>),
    Accepted(Vec<Acceptance>),
    SignOffs(Vec<SignOff>),
    Issued(Vec<Issue>),
    /// The whole log.
    Log(Vec<LogEntry>),
}

/// One step on a list of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListChange<T: Record> {
    /// A new record at that place (at the end if the place is beyond it).
    Insert(usize, T),
    /// The record of the same id becomes this one.
    Replace(T),
    /// The record goes.
    Remove(T::Id),
    /// The record goes to that place.
    Move(T::Id, usize),
}

/// Why a command was not done. Nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// A record to be changed is not there.
    #[error("{at} is no longer there")]
    Gone {
        /// Its path.
        at: String,
    },
    /// The rota would be unsound.
    #[error("{}", sentences(.0))]
    Unsound(Vec<Fault>),
    /// An edit would have made consent.
    #[error("only the status action can say that \"{person}\" was asked, agreed or declined")]
    MakesConsent {
        /// Whose.
        person: PersonId,
    },
}

fn sentences(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Does all changes, or none, and gives what takes them back.
pub(super) fn apply_all(changes: Vec<Change>, rota: &mut Rota) -> Result<Vec<Change>, Refusal> {
    let mut inverse = Vec::with_capacity(changes.len());
    for change in changes {
        match change.apply(rota) {
            Ok(back) => inverse.push(back),
            Err(refusal) => {
                for back in inverse.into_iter().rev() {
                    let _ = back.apply(rota);
                }
                return Err(refusal);
            }
        }
    }
    inverse.reverse();
    Ok(inverse)
}

impl Change {
    /// Puts an assignment at the end of the list.
    pub fn add<T: Record>(record: T) -> Self
    where
        Self: From<ListChange<T>>,
    {
        ListChange::Insert(usize::MAX, record).into()
    }

    /// Replaces the record of the same id.
    pub fn replace<T: Record>(record: T) -> Self
    where
        Self: From<ListChange<T>>,
    {
        ListChange::Replace(record).into()
    }

    /// Takes the record of that id away.
    pub fn remove<T: Record>(id: T::Id) -> Self
    where
        Self: From<ListChange<T>>,
    {
        ListChange::<T>::Remove(id).into()
    }

    fn apply(self, rota: &mut Rota) -> Result<Self, Refusal> {
        use std::mem::replace;
        Ok(match self {
            Self::Properties(new) => Self::Properties(replace(&mut rota.properties, new)),
            Self::Windows(change) => change.apply(rota)?.into(),
            Self::Competencies(change) => change.apply(rota)?.into(),
            Self::Units(change) => change.apply(rota)?.into(),
            Self::Posts(change) => change.apply(rota)?.into(),
            Self::Normals(change) => change.apply(rota)?.into(),
            Self::People(change) => change.apply(rota)?.into(),
            Self::Sessions(change) => change.apply(rota)?.into(),
            Self::Assignments(change) => change.apply(rota)?.into(),
            Self::Accepted(new) => Self::Accepted(replace(&mut rota.accepted, new)),
            Self::SignOffs(new) => Self::SignOffs(replace(&mut rota.sign_offs, new)),
            Self::Issued(new) => Self::Issued(replace(&mut rota.issued, new)),
            Self::Log(new) => Self::Log(replace(&mut rota.log, new)),
        })
    }
}

macro_rules! from_list_change {
    ($($type:ident $variant:ident),*) => { $(
        impl From<ListChange<$type>> for Change {
            fn from(change: ListChange<$type>) -> Self {
                Self::$variant(change)
            }
        }
    )* };
}

from_list_change!(
    Window Windows, Competency Competencies, Unit Units, Post Posts, Normal Normals, Person People, Session Sessions,
    Assignment Assignments
);

impl<T: Record> ListChange<T> {
    fn apply(self, rota: &mut Rota) -> Result<Self, Refusal> {
        let list = T::list_mut(rota);
        let find = |list: &[T], id: &T::Id| {
            list.iter().position(|record| record.id() == id).ok_or_else(|| Refusal::Gone { at: path::<T>(id) })
        };
        Ok(match self {
            Self::Insert(at, record) => {
                let id = record.id().clone();
                if find(list, &id).is_ok() {
                    // Were it let in, what takes it back could not tell the two apart.
                    return Err(Refusal::Unsound(vec![Fault::twice(path::<T>(&id))]));
                }
                list.insert(at.min(list.len()), record);
                Self::Remove(id)
            }
            Self::Replace(record) => {
                let at = find(list, record.id())?;
                Self::Replace(std::mem::replace(&mut list[at], record))
            }
            Self::Remove(id) => {
                let at = find(list, &id)?;
                Self::Insert(at, list.remove(at))
            }
            Self::Move(id, to) => {
                let from = find(list, &id)?;
                let record = list.remove(from);
                list.insert(to.min(list.len()), record);
                Self::Move(id, from)
            }
        })
    }
}
