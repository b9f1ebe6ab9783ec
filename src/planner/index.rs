//! Places in lists: a type for each kind of record, so that a person is never looked up among the posts.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

use crate::model::{Assignment, Competency, Normal, Person, Post, Session, Tier, Unit, Window};

/// Where something stands in its list.
pub(super) trait Ix: Copy {
    /// Counted from 0.
    fn new(at: usize) -> Self;
    /// Counted from 0.
    fn at(self) -> usize;
}

/// What is found by its place in the rota, a draft or the model.
pub(super) trait Placed {
    type Ix: Ix;
}

/// Types of places.
macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) struct $name(usize);

        impl Ix for $name {
            fn new(at: usize) -> Self {
                Self(at)
            }

            fn at(self) -> usize {
                self.0
            }
        }
    )* };
}

/// Which type of place a kind of record is found by; stands beside the record where that is the planner's own.
macro_rules! placed {
    ($($record:ident by $name:ident),* $(,)?) => { $(
        impl $crate::planner::index::Placed for $record {
            type Ix = $name;
        }

        impl std::ops::Index<$name> for Vec<$record> {
            type Output = $record;

            fn index(&self, at: $name) -> &$record {
                &self[$crate::planner::index::Ix::at(at)]
            }
        }
    )* };
}
pub(super) use placed;

indices! {
    /// An assignment's place in the rota.
    AssignmentIx,
    /// A person's place in the rota.
    PersonIx,
    /// A post's place in the rota.
    PostIx,
    /// A session's place in the rota.
    SessionIx,
    /// A unit's place in the rota.
    UnitIx,
    /// A tier's place in its unit, 0 for the lowest.
    TierIx,
    /// A window's place in the rota.
    WindowIx,
    /// A normal staffing's place in the rota.
    NormalIx,
    /// A competency's place in the rota.
    SkillIx,
    /// The place of somebody on a post in a draft.
    HeldIx,
    /// A slot's place among those that are handed on.
    SlotIx,
    /// A variable's place in the model.
    VarIx,
    /// A row's place in the model.
    RowIx,
}

placed! {
    Assignment by AssignmentIx,
    Person by PersonIx,
    Post by PostIx,
    Session by SessionIx,
    Unit by UnitIx,
    Tier by TierIx,
    Window by WindowIx,
    Normal by NormalIx,
    Competency by SkillIx,
}

/// A list in which everything stands at a place of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List<I, T> {
    all: Vec<T>,
    of: PhantomData<I>,
}

impl<I: Ix, T> List<I, T> {
    /// The same for each of so many.
    pub(super) fn new(each: T, count: usize) -> Self
    where
        T: Clone,
    {
        Self { all: vec![each; count], of: PhantomData }
    }

    /// Adds to the end and tells where that is.
    pub(super) fn push(&mut self, one: T) -> I {
        self.all.push(one);
        I::new(self.all.len() - 1)
    }

    /// Every place, in order.
    pub(super) fn keys(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.all.len()).map(I::new)
    }

    /// Everything with its place, in order.
    pub(super) fn entries(&self) -> impl Iterator<Item = (I, &T)> {
        self.keys().zip(&self.all)
    }
}

/// All of them with their places, in order.
pub(super) fn numbered<R: Placed>(all: &[R]) -> impl Iterator<Item = (R::Ix, &R)> {
    all.iter().enumerate().map(|(at, one)| (Ix::new(at), one))
}

/// The place of the first one for which that is so.
pub(super) fn position<R: Placed>(all: &[R], is_it: impl Fn(&R) -> bool) -> Option<R::Ix> {
    all.iter().position(is_it).map(Ix::new)
}

impl<I, T> FromIterator<T> for List<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(all: A) -> Self {
        Self { all: all.into_iter().collect(), of: PhantomData }
    }
}

impl<I, T> Default for List<I, T> {
    fn default() -> Self {
        Self { all: Vec::new(), of: PhantomData }
    }
}

impl<I, T> Deref for List<I, T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.all
    }
}

impl<I, T> DerefMut for List<I, T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.all
    }
}

impl<I: Ix, T> Index<I> for List<I, T> {
    type Output = T;

    fn index(&self, at: I) -> &T {
        &self.all[at.at()]
    }
}

impl<I: Ix, T> IndexMut<I> for List<I, T> {
    fn index_mut(&mut self, at: I) -> &mut T {
        &mut self.all[at.at()]
    }
}
