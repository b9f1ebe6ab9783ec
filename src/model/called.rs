//! What statuses, kinds and contracts are called, in sentences and in lists: one home for each word.

use super::rota::{Availability, DutyKind, Rules, SessionKind, SessionState, Status};

impl Status {
    /// As it stands in a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Asked => "asked",
            Self::Agreed => "agreed",
            Self::Declined => "declined",
        }
    }
}

impl SessionState {
    /// All of them, as they follow each other.
    pub const ALL: [Self; 3] = [Self::Running, Self::ToPostpone, Self::Postponed];

    /// As it stands in lists and sentences.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::ToPostpone => "to postpone",
            Self::Postponed => "postponed",
        }
    }
}

impl SessionKind {
    /// All of them, in the order of the file format.
    pub const ALL: [Self; 4] = [Self::Clinic, Self::Theatre, Self::DayCase, Self::Other];

    /// As it is chosen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clinic => "Clinic",
            Self::Theatre => "Theatre list",
            Self::DayCase => "Day-case list",
            Self::Other => "Other",
        }
    }

    /// As such sessions are counted: `2 clinics`, `1 list`.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Clinic => "clinic",
            Self::Theatre | Self::DayCase => "list",
            Self::Other => "session",
        }
    }
}

impl DutyKind {
    /// All of them, in the order of the file format.
    pub const ALL: [Self; 3] = [Self::Resident, Self::OnCall, Self::Other];

    /// As it is chosen: what it keeps a person from.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resident => "at work",
            Self::OnCall => "on call from home",
            Self::Other => "elsewhere, cannot be here",
        }
    }

    /// In short.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Resident => "at work",
            Self::OnCall => "on call",
            Self::Other => "elsewhere",
        }
    }
}

impl Availability {
    /// All of them, in the order in which they are chosen.
    pub const ALL: [Self; 3] = [Self::Available, Self::NotAvailable, Self::NotKnown];

    /// As it stands in lists and sentences.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::NotAvailable => "not available",
            Self::NotKnown => "not known",
        }
    }
}

impl Rules {
    /// All of them, in the order of the file format.
    pub const ALL: [Self; 5] = [Self::Wtr, Self::Compensatory, Self::Trainee2016, Self::Trainee2019, Self::NewDeal];

    /// The contract, or the law where there is none of its own.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Wtr => "Working Time Regulations",
            Self::Compensatory => "Consultant or SAS: compensatory rest",
            Self::Trainee2016 => "Trainee, 2016 contract",
            Self::Trainee2019 => "Trainee, 2019 contract",
            Self::NewDeal => "Trainee, New Deal",
        }
    }
}
