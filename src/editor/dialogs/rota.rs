//! Rota properties: title, hospital, region, zone, and the words for those expected to be absent.

/// The draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PropertiesDraft {
    /// As on the print.
    pub title: String,
    /// The hospital's name.
    pub hospital: String,
    /// Empty if none.
    pub region: String,
    /// IANA name.
    pub zone: String,
    /// The words shown for staff expected to be absent.
    pub absent_group: String,
}
