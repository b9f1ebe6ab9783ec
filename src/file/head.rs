//! Only what says which program and version a file belongs to, whatever else is in it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

/// The two fields that every version begins with. What follows is not read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) format: Option<String>,
    pub(super) version: Option<i64>,
    /// The file was read to its end: what is missing here is missing there.
    pub(super) is_whole: bool,
}

impl Head {
    /// As much of it as stands before the first fault of the text.
    pub(super) fn of(text: &str) -> Self {
        let mut head = Self::default();
        if let Ok(mut deserializer) = ron::Deserializer::from_str(text) {
            let result = HeadSeed(&mut head).deserialize(&mut deserializer);
            head.is_whole = result.is_ok();
        }
        head
    }
}

struct HeadSeed<'h>(&'h mut Head);

#[derive(serde::Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Field {
    Format,
    Version,
    #[serde(other)]
    Other,
}

impl<'de> DeserializeSeed<'de> for HeadSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_struct("File", &["format", "version"], self)
    }
}

impl<'de> Visitor<'de> for HeadSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a rota file")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(field) = map.next_key()? {
            match field {
                Field::Format => self.0.format = Some(map.next_value()?),
                Field::Version => self.0.version = Some(map.next_value()?),
                Field::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            if self.0.format.is_some() && self.0.version.is_some() {
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_fields_are_enough() {
        let head = |format: Option<&str>, version, is_whole| Head { format: format.map(Into::into), version, is_whole };
        assert_eq!(Head::of("(format: \"x\", version: 3, what: ["), head(Some("x"), Some(3), false));
        assert_eq!(Head::of("(plans: [], version: 3)"), head(None, Some(3), true));
        assert_eq!(Head::of("(format: 3"), head(None, None, false));
        assert_eq!(Head::of("Dear all"), head(None, None, false));
    }
}
