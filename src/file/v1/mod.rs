//! File version 1: its own types, frozen. See `docs/file-format.md` for what each field means.
//!
//! Ids, date-times and counts are here as they are written; [`read`] judges them and makes the model out of them,
//! [`mod@write`] makes these types out of the model.

mod read;
mod write;

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};

use super::text::{Shape, Value};
use crate::model;

pub(super) use read::opened;
#[cfg(test)]
pub(super) use write::seal;
pub(super) use write::write;

/// A text that is not copied out of the file where it stands there without escapes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(test, derive(serde::Serialize), serde(transparent))]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl Value for Text<'_> {
    fn shape(&self) -> Shape<'_> {
        Shape::Quoted(&self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text in quotes")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text)))
            }
        }

        deserializer.deserialize_str(TextVisitor)
    }
}

/// A field that may be left out and, where it stands, is written without `Some`: the format has neither.
pub(super) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A field that version 1 gained after the first seals were made: it is written only where it says something, so that
/// those seals stay right and those files stay the same to the byte.
#[derive(Debug, Default, PartialEq, serde::Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(transparent)]
pub(super) struct Later<T>(pub(super) T);

impl<T: Default + PartialEq> Later<T> {
    fn is_default(&self) -> bool {
        self.0 == T::default()
    }
}

impl<T: Value + Default + PartialEq> Value for Later<T> {
    fn shape(&self) -> Shape<'_> {
        if self.is_default() { Shape::Absent } else { self.0.shape() }
    }
}

fn junior_doctors<'a>() -> Text<'a> {
    Text(Cow::Borrowed("junior doctors"))
}

/// Records: a type that is read by name, refuses unknown fields, and is written in the order given here.
macro_rules! records {
    ($($name:ident { $($(#[$attr:meta])* $field:ident: $type:ty),* $(,)? })*) => { $(
        #[derive(Debug, PartialEq, serde::Deserialize)]
        #[cfg_attr(test, derive(serde::Serialize))]
        #[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
        pub(super) struct $name<'a> {
            $($(#[$attr])* pub(super) $field: $type),*
        }

        impl Value for $name<'_> {
            fn shape(&self) -> Shape<'_> {
                Shape::Record(vec![$((stringify!($field), &self.$field as &dyn Value)),*])
            }
        }
    )* };
}

/// Words that stand for one of a few things, and the same in the model.
macro_rules! words {
    ($($name:ident { $($word:ident),* })*) => { $(
        #[derive(Debug, Clone, Copy, PartialEq, serde::Deserialize)]
        #[cfg_attr(test, derive(serde::Serialize))]
        pub(super) enum $name { $($word),* }

        impl Value for $name {
            fn shape(&self) -> Shape<'_> {
                Shape::Plain(match self { $(Self::$word => stringify!($word)),* }.into())
            }
        }

        impl From<$name> for model::$name {
            fn from(word: $name) -> Self {
                match word { $($name::$word => Self::$word),* }
            }
        }

        impl From<model::$name> for $name {
            fn from(word: model::$name) -> Self {
                match word { $(model::$name::$word => Self::$word),* }
            }
        }
    )* };
}

words! {
    Rules { Wtr, Compensatory, Trainee2016, Trainee2019, NewDeal }
    Availability { Available, NotAvailable, NotKnown }
    DutyKind { Resident, OnCall, Other }
    SessionKind { Clinic, Theatre, DayCase, Other }
    SessionState { Running, ToPostpone, Postponed }
    Status { Proposed, Asked, Agreed, Declined }
}

records! {
    File {
        format: Text<'a>,
        version: i64,
        #[serde(default, deserialize_with = "present")]
        document: Option<Text<'a>>,
        #[serde(default, deserialize_with = "present")]
        revision: Option<Text<'a>>,
        #[serde(default, deserialize_with = "present")]
        parents: Option<Vec<Text<'a>>>,
        #[serde(default, deserialize_with = "present")]
        saved: Option<Saved<'a>>,
        #[serde(default, deserialize_with = "present")]
        seal: Option<Text<'a>>,
        rota: Rota<'a>,
    }
    Saved { at: Text<'a>, by: Text<'a>, app: Text<'a> }
    Rota {
        title: Text<'a>,
        hospital: Text<'a>,
        #[serde(default)]
        region: Text<'a>,
        zone: Text<'a>,
        #[serde(default = "junior_doctors")]
        absent_group: Text<'a>,
        windows: Vec<Window<'a>>,
        #[serde(default)]
        competencies: Vec<Competency<'a>>,
        units: Vec<Unit<'a>>,
        posts: Vec<Post<'a>>,
        normals: Vec<Normal<'a>>,
        people: Vec<Person<'a>>,
        #[serde(default)]
        sessions: Vec<Session<'a>>,
        assignments: Vec<Assignment<'a>>,
        #[serde(default)]
        accepted: Vec<Acceptance<'a>>,
        #[serde(default)]
        sign_offs: Vec<SignOff<'a>>,
        #[serde(default)]
        issued: Vec<Issue<'a>>,
        #[serde(default)]
        log: Vec<LogEntry<'a>>,
    }
    Window { id: Text<'a>, label: Text<'a>, from: Text<'a>, to: Text<'a>, normal: Text<'a> }
    Competency { id: Text<'a>, name: Text<'a> }
    Unit {
        id: Text<'a>,
        name: Text<'a>,
        tiers: Vec<Tier<'a>>,
        #[serde(default)]
        senior_from: Text<'a>,
        #[serde(default)]
        handovers: Vec<Text<'a>>,
        #[serde(default)]
        escalation: Text<'a>,
    }
    Tier { id: Text<'a>, name: Text<'a> }
    Post {
        id: Text<'a>,
        unit: Text<'a>,
        name: Text<'a>,
        tier: Text<'a>,
        #[serde(default)]
        bleep: Text<'a>,
        #[serde(default)]
        requires: Vec<Text<'a>>,
        #[serde(default)]
        essential: bool,
        #[serde(default)]
        exclusive: bool,
        #[serde(default)]
        on_call: bool,
        #[serde(default)]
        note: Text<'a>,
    }
    Normal {
        id: Text<'a>,
        name: Text<'a>,
        #[serde(default)]
        agreed_by: Text<'a>,
        #[serde(default)]
        agreed_on: Text<'a>,
        #[serde(default)]
        closed: Vec<Text<'a>>,
        #[serde(default)]
        #[cfg_attr(test, serde(skip_serializing_if = "Later::is_default"))]
        shut: Later<Vec<ShutHours<'a>>>,
        #[serde(default)]
        #[cfg_attr(test, serde(skip_serializing_if = "Later::is_default"))]
        example: Later<bool>,
        staffing: Vec<StaffingLine<'a>>,
    }
    ShutHours { unit: Text<'a>, from: Text<'a>, to: Text<'a> }
    StaffingLine { post: Text<'a>, from: Text<'a>, to: Text<'a>, count: i64 }
    Person {
        id: Text<'a>,
        initials: Text<'a>,
        family: Text<'a>,
        given: Text<'a>,
        grade: Text<'a>,
        specialty: Text<'a>,
        #[serde(default)]
        phone: Text<'a>,
        rules: Rules,
        may_cover: Vec<MayCover<'a>>,
        #[serde(default)]
        competencies: Vec<Text<'a>>,
        usually: Availability,
        #[serde(default)]
        availability: Vec<Available<'a>>,
        #[serde(default)]
        duties: Vec<Duty<'a>>,
    }
    MayCover {
        unit: Text<'a>,
        up_to: Text<'a>,
        #[serde(default)]
        #[cfg_attr(test, serde(skip_serializing_if = "Later::is_default"))]
        only: Later<Vec<Text<'a>>>,
    }
    Available { from: Text<'a>, to: Text<'a>, is: Availability }
    Duty { from: Text<'a>, to: Text<'a>, kind: DutyKind, label: Text<'a> }
    Session {
        id: Text<'a>,
        kind: SessionKind,
        title: Text<'a>,
        specialty: Text<'a>,
        from: Text<'a>,
        to: Text<'a>,
        team: Vec<Text<'a>>,
        appointments: i64,
        inpatient: i64,
        day_case: i64,
        #[serde(default)]
        protected: bool,
        state: SessionState,
        #[serde(default)]
        locked: bool,
        #[serde(default)]
        note: Text<'a>,
    }
    Assignment {
        id: Text<'a>,
        post: Text<'a>,
        person: Text<'a>,
        from: Text<'a>,
        to: Text<'a>,
        status: Status,
        #[serde(default)]
        locked: bool,
        #[serde(default)]
        note: Text<'a>,
    }
    Acceptance { code: Text<'a>, about: Text<'a>, by: Text<'a>, at: Text<'a>, reason: Text<'a> }
    SignOff { unit: Text<'a>, window: Text<'a>, by: Text<'a>, role: Text<'a>, at: Text<'a>, digest: Text<'a> }
    Issue { number: i64, at: Text<'a>, by: Text<'a>, assignments: Vec<Assignment<'a>> }
    LogEntry { at: Text<'a>, by: Text<'a>, text: Text<'a> }
}
