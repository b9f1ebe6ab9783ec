//! How somebody is reached: the person's telephone, the post's bleep. Where one rings, both stand beside the name.

use crate::model::{PersonId, PostId, Rota, words};

/// The person's telephone number, made harmless; none if none is entered.
pub fn phone_text(rota: &Rota, person: &PersonId) -> Option<String> {
    let phone = rota.person(person)?.phone.trim();
    (!phone.is_empty()).then(|| words::safe(phone).into_owned())
}

/// Whether two telephone numbers are one, however they are written: "+44 7700 900123" and "07700900123" are, and "412"
/// is "0412" without the nought that a spreadsheet takes away.
pub fn same_phone(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let digits = digits(text);
        let local = digits.trim_start_matches('0');
        local.strip_prefix("44").filter(|rest| rest.len() >= 9).unwrap_or(local).trim_start_matches('0').to_owned()
    };
    one.trim() == other.trim() || !digits(one).is_empty() && plain(one) == plain(other)
}

/// Whether two people have one telephone number; what is too short to be one tells nothing.
pub fn share_phone(one: &str, other: &str) -> bool {
    [one, other].iter().all(|text| digits(text).len() >= 4) && same_phone(one, other)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Such as `bleep 2145`; none if the post has none.
pub fn bleep_text(rota: &Rota, post: &PostId) -> Option<String> {
    let bleep = rota.post(post)?.bleep.trim();
    (!bleep.is_empty()).then(|| format!("bleep {}", words::safe(bleep)))
}

/// Both together, such as `020 7946 0472, bleep 2145`; empty if neither is entered.
pub fn reach_text(rota: &Rota, person: &PersonId, post: &PostId) -> String {
    let parts: Vec<String> = phone_text(rota, person).into_iter().chain(bleep_text(rota, post)).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_written_in_several_ways() {
        for other in ["07700 900123", "+44 7700 900123", "0044 (0)7700-900123", "07700900123"] {
            assert!(same_phone("07700 900 123", other), "{other}");
        }
        assert!(!same_phone("07700 900123", "07700 900124"));
        assert!(same_phone("0412", "0412") && same_phone("0412", "412") && same_phone("12", "12"));
        assert!(!same_phone("0412", "0413") && !same_phone("", "0412") && !same_phone("switch", "bleep"));
        assert!(share_phone("0412", "0412") && !share_phone("", "") && !share_phone("12", "12"));
    }
}
