//! Reading people out of rows of a spreadsheet: which column is what, names either way round, initials from names.

use crate::model::{Instant, Person, Rota, Rules, Zone, words};

use super::dates::day_at;
use super::dialogs::{PasteColumn, PasteRow};

/// What the columns of pasted rows are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// One for each column.
    pub columns: Vec<PasteColumn>,
    /// The first row names them.
    pub has_header: bool,
}

/// The column that a heading names.
fn named(heading: &str) -> Option<PasteColumn> {
    let plain: String = heading.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    Some(match plain.as_str() {
        "initials" | "inits" | "init" | "initial" | "code" | "ini" => PasteColumn::Initials,
        "name" | "fullname" | "doctor" | "staff" | "staffname" | "person" | "doctorname" | "clinician" => {
            PasteColumn::Name
        }
        "family" | "familyname" | "surname" | "lastname" | "last" => PasteColumn::Family,
        "given" | "givenname" | "firstname" | "first" | "forename" | "forenames" => PasteColumn::Given,
        "grade" | "role" | "level" | "band" | "rank" | "jobtitle" | "title" | "position" => PasteColumn::Grade,
        "specialty" | "speciality" | "department" | "dept" | "division" | "service" => PasteColumn::Specialty,
        "telephone" | "phone" | "tel" | "mobile" | "telephoneno" | "telno" | "mobileno" | "phonenumber" | "contact"
        | "telephonenumber" | "mobilenumber" | "contactnumber" => PasteColumn::Phone,
        _ => return None,
    })
}

/// What the columns are: by their headings, else initials, name, grade, specialty, telephone in that order.
#[must_use]
pub fn find_columns(rows: &[(usize, Vec<String>)]) -> Columns {
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let first = rows.first().map(|(_, cells)| cells.as_slice()).unwrap_or_default();
    let mut columns: Vec<PasteColumn> = Vec::new();
    for heading in first {
        let column = named(heading).filter(|column| !columns.contains(column));
        columns.push(column.unwrap_or(PasteColumn::Ignored));
    }
    columns.resize(width, PasteColumn::Ignored);
    let known = columns.iter().filter(|column| **column != PasteColumn::Ignored).count();
    let is_name = |c: &PasteColumn| matches!(c, PasteColumn::Name | PasteColumn::Family | PasteColumn::Initials);
    if known >= 2 || known == 1 && columns.iter().any(is_name) {
        return Columns { columns, has_header: true };
    }
    Columns { columns: by_content(rows, width), has_header: false }
}

/// Without headings: initials first if they look like initials, then name, grade, specialty, telephone.
fn by_content(rows: &[(usize, Vec<String>)], width: usize) -> Vec<PasteColumn> {
    use PasteColumn::{Grade, Ignored, Initials, Name, Phone, Specialty};
    let cells =
        |at: usize| rows.iter().filter_map(move |(_, cells)| cells.get(at)).map(|c| c.trim()).filter(|c| !c.is_empty());
    let mostly = |at: usize, fits: fn(&str) -> bool| {
        let (all, good) = cells(at).fold((0, 0), |(all, good), cell| (all + 1, good + usize::from(fits(cell))));
        all > 0 && good * 2 > all
    };
    let is_initials = |cell: &str| cell.chars().count() <= 4 && cell.chars().all(char::is_alphanumeric);
    let is_phone = |cell: &str| {
        cell.chars().filter(char::is_ascii_digit).count() >= 5
            && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '-'))
    };
    let mut wanted = vec![Specialty, Grade, Name];
    if mostly(0, is_initials) {
        wanted.push(Initials);
    }
    (0..width)
        .map(|at| if mostly(at, is_phone) { Phone } else { wanted.pop().unwrap_or(Ignored) })
        .scan(false, |phone, column| {
            let again = column == Phone && *phone;
            *phone |= column == Phone;
            Some(if again { Ignored } else { column })
        })
        .collect()
}

/// The rows as people. Errors are named by line.
pub fn read_person_rows(
    rota: &Rota,
    rows: &[(usize, Vec<String>)],
    columns: &[PasteColumn],
    rules: impl Fn(&str) -> Rules,
) -> Vec<PasteRow> {
    let mut read: Vec<PasteRow> = Vec::new();
    for (line, cells) in rows {
        let cell = |column: PasteColumn| {
            let at = columns.iter().position(|c| *c == column);
            at.and_then(|at| cells.get(at)).map(|cell| tidy(cell)).unwrap_or_default()
        };
        let (mut family, mut given) = split_name(&cell(PasteColumn::Name));
        if !cell(PasteColumn::Family).is_empty() {
            family = cell(PasteColumn::Family);
        }
        if !cell(PasteColumn::Given).is_empty() {
            given = cell(PasteColumn::Given);
        }
        let typed = cell(PasteColumn::Initials);
        let typed: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        let initials_made = typed.is_empty();
        let initials = if initials_made { initials_of(&family, &given) } else { typed };
        let grade = cell(PasteColumn::Grade);
        let mut row = PasteRow {
            line: *line,
            initials,
            initials_made,
            rules: rules(&grade),
            family,
            given,
            grade,
            specialty: cell(PasteColumn::Specialty),
            phone: cell(PasteColumn::Phone),
            existing: None,
            error: None,
        };
        row.existing = existing(rota, &row).map(|person| person.id.clone());
        row.error = error(rota, &row, &read);
        if row.error.is_none() && row.existing.is_none() && row.initials_made {
            row.initials = free_initials(rota, &row.initials, &read);
        }
        read.push(row);
    }
    read
}

/// No line breaks, no double spaces.
fn tidy(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "Family, Given", "Given Family", with or without "Dr".
fn split_name(name: &str) -> (String, String) {
    // Small words belong to the family name: "Anna van der Berg".
    const SMALL: [&str; 10] = ["van", "von", "de", "der", "den", "da", "di", "la", "le", "al"];
    const TITLES: [&str; 8] = ["dr", "mr", "mrs", "ms", "miss", "prof", "professor", "mx"];
    let is_title = |word: &str| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    let without_titles =
        |text: &str| tidy(&text.split_whitespace().filter(|w| !is_title(w)).collect::<Vec<_>>().join(" "));
    if let Some((family, given)) = name.split_once(',') {
        return (without_titles(family), without_titles(given));
    }
    let name = without_titles(name);
    let words: Vec<&str> = name.split(' ').collect();
    let last = words.len() - 1;
    let mut from = last;
    while from > 1 && SMALL.contains(&words[from - 1].to_lowercase().as_str()) {
        from -= 1;
    }
    (words[from..].join(" "), words[..from].join(" "))
}

/// The first letters of given and family name, as in "KP".
fn initials_of(family: &str, given: &str) -> String {
    let first = |text: &str| text.chars().find(|c| c.is_alphabetic());
    let letters = [first(given), first(family)];
    letters.into_iter().flatten().flat_map(char::to_uppercase).collect()
}

/// The initials, or with a number behind them where somebody has them already.
fn free_initials(rota: &Rota, initials: &str, read: &[PasteRow]) -> String {
    let taken = |text: &str| {
        rota.people.iter().any(|p| p.initials.eq_ignore_ascii_case(text))
            || read.iter().any(|row| row.error.is_none() && row.initials.eq_ignore_ascii_case(text))
    };
    let numbered = (2..1000).map(|n| format!("{initials}{n}"));
    std::iter::once(initials.to_owned())
        .chain(numbered)
        .find(|text| !taken(text))
        .unwrap_or_else(|| initials.to_owned())
}

/// The person that the row is about: of the same name, or of the same initials where one of them has no name.
fn existing<'a>(rota: &'a Rota, row: &PasteRow) -> Option<&'a Person> {
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    let names = |p: &&Person| {
        same(&p.family, &row.family) && (same(&p.given, &row.given) || p.given.is_empty() || row.given.is_empty())
    };
    if !row.family.is_empty()
        && let Some(person) = rota.people.iter().find(names)
    {
        return Some(person);
    }
    let nameless = |p: &Person| p.family.is_empty() || row.family.is_empty();
    rota.people.iter().find(|p| !row.initials_made && same(&p.initials, &row.initials) && nameless(p))
}

fn error(rota: &Rota, row: &PasteRow, before: &[PasteRow]) -> Option<String> {
    if row.initials.is_empty() {
        return Some("no name and no initials".to_owned());
    }
    if row.family.is_empty() && row.given.is_empty() && row.existing.is_none() {
        return Some(format!("{} has no name", row.initials));
    }
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    let twin = before.iter().find(|other| {
        other.error.is_none()
            && same(&other.family, &row.family)
            && same(&other.given, &row.given)
            && !row.family.is_empty()
    });
    if let Some(twin) = twin {
        return Some(format!("the same person as in line {}", twin.line));
    }
    if row.existing.is_none() && !row.initials_made {
        if let Some(other) = before.iter().find(|o| o.error.is_none() && same(&o.initials, &row.initials)) {
            return Some(format!("{} is in line {} already: give one of them others", row.initials, other.line));
        }
        if let Some(person) = rota.people.iter().find(|p| same(&p.initials, &row.initials)) {
            let name = words::safe(&person.full_name()).into_owned();
            return Some(format!("{} is {name} already: give one of them others", row.initials));
        }
    }
    None
}

/// The working-time rules that go with a grade at that time: a guess, to be looked at in the preview.
#[must_use]
pub fn guess_rules(grade: &str, zone: Zone, at: Instant) -> Rules {
    let plain = grade.to_lowercase();
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let coded = |word: &&&str| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        word.len() > letters.len()
            && matches!(letters, "f" | "fy" | "st" | "ct" | "sst" | "lat" | "dct" | "imt" | "accs")
    };
    let named = ["trainee", "registrar", "foundation", "sho", "spr", "str", "junior", "resident", "houseman"];
    if words.iter().any(|w| matches!(*w, "consultant" | "sas" | "associate" | "staff" | "specialist" | "doctor")) {
        let is_trainee = words.iter().any(|w| matches!(*w, "junior" | "resident" | "foundation" | "trainee"));
        if !is_trainee {
            return Rules::Compensatory;
        }
    }
    if words.iter().any(|w| named.contains(w)) || words.iter().any(|w| coded(&w)) {
        // The 2016 contract was brought in from October 2016, its changes from October 2019.
        let day = day_at(zone, at).format("%Y-%m-%d").to_string();
        return match day.as_str() {
            day if day < "2016-10-05" => Rules::NewDeal,
            day if day < "2019-10-02" => Rules::Trainee2016,
            _ => Rules::Trainee2019,
        };
    }
    Rules::Wtr
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{at, rota};
    use super::super::rows::numbered_rows;
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let rows = numbered_rows(text);
        let columns = find_columns(&rows);
        let rows = &rows[usize::from(columns.has_header)..];
        read_person_rows(&rota(), rows, &columns.columns, |_| Rules::Wtr)
            .into_iter()
            .map(|r| {
                let there = r.existing.map(|id| format!(" = {id}")).unwrap_or_default();
                r.error.unwrap_or_else(|| format!("{}: {}, {}{there} {}", r.initials, r.family, r.given, r.phone))
            })
            .collect()
    }

    #[test]
    fn names_are_read_either_way_round() {
        let told = |name: &str| {
            let (family, given) = split_name(name);
            format!("{family}|{given}")
        };
        assert_eq!(told("Grant, Helen"), "Grant|Helen");
        assert_eq!(told("Dr. Helen Mary Grant"), "Grant|Helen Mary");
        assert_eq!(told("Anna van der Berg"), "van der Berg|Anna");
        assert_eq!(told("Grant"), "Grant|");
        assert_eq!(told(""), "|");
        assert_eq!(told("D'Souza, Ms Sita"), "D'Souza|Sita");
    }

    #[test]
    fn rows_without_headings_are_read_in_the_usual_order() {
        assert_eq!(
            read("JF\tFielding, Joanna\tConsultant\tED\t07700 900123\nTO\tTunde Osei\tConsultant\tED\t07700 900124"),
            ["JF: Fielding, Joanna 07700 900123", "TO: Osei, Tunde 07700 900124"]
        );
        assert_eq!(
            read("Joanna Fielding,07700900123\nTunde Osei,07700900124"),
            ["JF: Fielding, Joanna 07700900123", "TO: Osei, Tunde 07700900124"]
        );
    }

    #[test]
    fn initials_that_are_made_never_clash() {
        assert_eq!(
            read("Surname\tForename\nPower\tKaren\nPenn\tKit\nGrant\tHugo"),
            ["KP2: Power, Karen ", "KP3: Penn, Kit ", "HG: Grant, Hugo = hg "]
        );
    }

    #[test]
    fn what_is_wrong_is_said_by_line() {
        assert_eq!(
            read("Initials\tName\nKP\tKaren Power\nXY\t\nAB\tAnn Bell\nAB\tAl Burr\nAC\tAnn Bell\nKP\t"),
            [
                "KP is Pereira already: give one of them others",
                "XY has no name",
                "AB: Bell, Ann ",
                "AB is in line 4 already: give one of them others",
                "the same person as in line 4",
                "KP: ,  = kp ",
            ]
        );
    }

    #[test]
    fn rules_are_guessed_from_grade_and_time() {
        let told = |grade: &str, day: &str| guess_rules(grade, Zone::LONDON, at(day));
        for grade in
            ["Consultant", "Specialty doctor", "Associate specialist", "SAS", "Staff grade", "Locum consultant"]
        {
            assert_eq!(told(grade, "2016-04-26T08:00"), Rules::Compensatory, "{grade}");
        }
        for grade in ["ST4", "FY2", "F1", "CT 1", "SHO", "Specialty registrar", "Core trainee", "Junior doctor"] {
            let expected = if grade == "CT 1" { Rules::Wtr } else { Rules::NewDeal };
            assert_eq!(told(grade, "2016-04-26T08:00"), expected, "{grade}");
        }
        assert_eq!(told("ST4", "2017-04-26T08:00"), Rules::Trainee2016);
        assert_eq!(told("Resident doctor", "2025-07-25T07:00"), Rules::Trainee2019);
        assert_eq!(told("ACP", "2025-07-25T07:00"), Rules::Wtr);
    }
}
