//! What the records of a rota have in common: an id, and a list that holds them.

use super::rota::{Assignment, Competency, Normal, Person, Post, Rota, Session, Unit, Window};
use super::{AssignmentId, CompetencyId, NormalId, PersonId, PostId, SessionId, UnitId, WindowId};

/// A record with an id that is unique within its list.
pub trait Record: Clone + PartialEq {
    type Id: Clone + PartialEq + std::fmt::Display;
    /// What the list is called in the file, such as "people".
    const LIST: &'static str;
    fn id(&self) -> &Self::Id;
    /// The list that holds all of its kind.
    fn list(rota: &Rota) -> &Vec<Self>;
    /// The same, to be changed by a command.
    fn list_mut(rota: &mut Rota) -> &mut Vec<Self>;
}

macro_rules! records {
    ($($type:ident $id:ident $list:ident $find:ident),* $(,)?) => {
        $(
            impl Record for $type {
                type Id = $id;
                const LIST: &'static str = stringify!($list);
                fn id(&self) -> &Self::Id {
                    &self.id
                }
                fn list(rota: &Rota) -> &Vec<Self> {
                    &rota.$list
                }
                fn list_mut(rota: &mut Rota) -> &mut Vec<Self> {
                    &mut rota.$list
                }
            }
        )*

        impl Rota {
            $(
                /// The record of that id, if it is there.
                pub fn $find(&self, id: &$id) -> Option<&$type> {
                    self.$list.iter().find(|record| record.id == *id)
                }
            )*
        }
    };
}

records! {
    Window WindowId windows window,
    Competency CompetencyId competencies competency,
    Unit UnitId units unit,
    Post PostId posts post,
    Normal NormalId normals normal,
    Person PersonId people person,
    Session SessionId sessions session,
    Assignment AssignmentId assignments assignment,
}
