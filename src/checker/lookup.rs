//! From ids to places in a list, fast on a rota of thousands and never slow on a hostile one.

/// The places of the records of one list by their ids.
#[derive(Debug, Clone)]
pub(super) struct Lookup<Id> {
    /// A cell for each id at the number that its letters give, or in one of the next: the number's upper half, and the
    /// place counted from 1. Empty where too many ids give numbers that are close.
    cells: Vec<(u32, u32)>,
    /// Then all places, sorted by id.
    sorted: Vec<u32>,
    ids: Vec<Id>,
}

/// An id stands at most so many cells from where its letters put it.
const CELLS_AWAY_MAX: usize = 24;

impl<Id> Default for Lookup<Id> {
    fn default() -> Self {
        Self { cells: Vec::new(), sorted: Vec::new(), ids: Vec::new() }
    }
}

impl<Id: AsRef<str> + Clone> Lookup<Id> {
    /// A lookup of those ids, each at its place.
    pub(super) fn new<'a>(ids: impl Iterator<Item = &'a Id>) -> Self
    where
        Id: 'a,
    {
        let ids: Vec<Id> = ids.cloned().collect();
        if let Some(cells) = cells(&ids) {
            return Self { cells, sorted: Vec::new(), ids };
        }
        let mut sorted: Vec<u32> = (0..).take(ids.len()).collect();
        sorted.sort_by_key(|at| text(&ids, *at));
        Self { cells: Vec::new(), sorted, ids }
    }

    /// Where the record of that id stands.
    pub(super) fn get(&self, id: &Id) -> Option<usize> {
        let id = id.as_ref();
        if self.cells.is_empty() {
            let found = self.sorted.binary_search_by_key(&id, |at| text(&self.ids, *at)).ok()?;
            return Some(self.sorted[found] as usize);
        }
        let (upper, first) = halves(id);
        for away in 0..CELLS_AWAY_MAX {
            let (number, place) = self.cells[(first + away) & (self.cells.len() - 1)];
            let at = place.checked_sub(1)?;
            if number == upper && text(&self.ids, at) == id {
                return Some(at as usize);
            }
        }
        None
    }
}

/// A cell for each id, twice as many as there are ids or more; `None` where they crowd, by chance or on purpose.
fn cells<Id: AsRef<str>>(ids: &[Id]) -> Option<Vec<(u32, u32)>> {
    let mut cells = vec![(0, 0); (ids.len() * 2).next_power_of_two()];
    for (id, place) in ids.iter().zip(1..) {
        let (upper, first) = halves(id.as_ref());
        let near = (0..CELLS_AWAY_MAX).map(|away| (first + away) & (cells.len() - 1));
        let free = near.into_iter().find(|at| cells[*at].1 == 0)?;
        cells[free] = (upper, place);
    }
    Some(cells)
}

fn text<Id: AsRef<str>>(ids: &[Id], at: u32) -> &str {
    ids[at as usize].as_ref()
}

/// Two numbers from the letters of an id.
fn halves(id: &str) -> (u32, usize) {
    let number = letters_number(id);
    ((number >> 32) as u32, number as usize)
}

/// A number from the letters of a text: mostly another for another text.
pub(super) fn letters_number(text: &str) -> u64 {
    let mix = |sum: u64, letters: [u8; 8]| {
        let sum = (sum ^ u64::from_le_bytes(letters)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        sum ^ (sum >> 29)
    };
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(eights.iter().fold(text.len() as u64, |sum, letters| mix(sum, *letters)), last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_found_where_it_stands_and_no_other_is() {
        let long = |end: &str| format!("{}{end}", "x".repeat(16));
        let ids = ["b", "a", "ab", "", &long(""), &long("1"), &long("0"), &long("00")].map(str::to_owned);
        let lookup = Lookup::new(ids.iter());
        for (at, id) in ids.iter().enumerate() {
            assert_eq!(lookup.get(id), Some(at), "{id}");
        }
        for other in ["c", "abc", &long("2"), &long("000"), "xxxxxxxxxxxxxxx"] {
            assert_eq!(lookup.get(&other.to_owned()), None, "{other}");
        }
    }

    #[test]
    fn ids_that_crowd_are_found_all_the_same() {
        let twins = std::iter::repeat_n("twin", CELLS_AWAY_MAX + 1);
        let ids: Vec<String> = ["b", "a"].into_iter().chain(twins).map(str::to_owned).collect();
        let lookup = Lookup::new(ids.iter());
        assert!(lookup.cells.is_empty(), "they do crowd");
        assert_eq!(["a", "b", "c"].map(|id| lookup.get(&id.to_owned())), [Some(1), Some(0), None]);
        assert!(lookup.get(&"twin".to_owned()).is_some_and(|at| at > 1));
    }
}
