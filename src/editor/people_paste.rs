//! Reading people out of rows of a spreadsheet: which column is what, names either way round, initials from names.

use crate::model::{CompetencyId, Person, Rota, Rules, words};

use super::dialogs::{PasteColumn, PasteRow, ScopeRow};
use super::grades::{Contract, read_grade, usual_scope};

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
        "competencies" | "competency" | "competences" | "skills" | "skill" | "can" | "signedoff" | "courses"
        | "qualifications" => PasteColumn::Competencies,
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

/// The rows as people. `before` are the same lines as they were read before: what was set in the preview is kept.
/// Errors are named by row.
pub fn read_person_rows(
    rota: &Rota,
    rows: &[(usize, Vec<String>)],
    columns: &[PasteColumn],
    before: &[PasteRow],
    rules: impl Fn(Contract) -> Rules,
) -> Vec<PasteRow> {
    let mut read: Vec<PasteRow> = Vec::new();
    for (line, cells) in rows {
        let known = before.iter().find(|row| row.line == *line);
        let raw = |column: PasteColumn| {
            let at = columns.iter().position(|c| *c == column);
            at.and_then(|at| cells.get(at)).map_or("", String::as_str)
        };
        let cell = |column: PasteColumn| tidy(raw(column));
        let (mut family, mut given) = split_name(&cell(PasteColumn::Name));
        if !cell(PasteColumn::Family).is_empty() {
            family = cell(PasteColumn::Family);
        }
        if !cell(PasteColumn::Given).is_empty() {
            given = cell(PasteColumn::Given);
        }
        let typed = cell(PasteColumn::Initials);
        let typed: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        let typed = known.and_then(|row| row.set.initials.clone()).unwrap_or(typed);
        // Whoever clears the field is about to type others.
        let initials_made = typed.is_empty() && known.is_none_or(|row| row.set.initials.is_none());
        let initials = if initials_made { initials_of(&family, &given) } else { typed };
        let grade = cell(PasteColumn::Grade);
        let said = read_grade(&grade);
        let specialty = cell(PasteColumn::Specialty);
        let specialty = if specialty.is_empty() { said.specialty } else { specialty };
        let usual = |unit: &crate::model::Unit| ScopeRow {
            unit: unit.id.clone(),
            up_to: usual_scope(unit, said.level, &specialty),
            only_some: false,
            only: Vec::new(),
        };
        let may_cover = known.and_then(|row| row.set.may_cover.clone());
        let (competencies, unknown) = read_competencies(rota, raw(PasteColumn::Competencies));
        let mut row = PasteRow {
            line: *line,
            initials,
            initials_made,
            rules: known.and_then(|row| row.set.rules).unwrap_or_else(|| said.contract.map(&rules)),
            may_cover: may_cover.unwrap_or_else(|| rota.units.iter().map(usual).collect()),
            family,
            given,
            grade,
            specialty,
            phone: cell(PasteColumn::Phone),
            competencies,
            unknown,
            set: known.map(|row| row.set.clone()).unwrap_or_default(),
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

/// The competencies that a cell names, and what in it is none: commas, semicolons, slashes and new lines stand between.
fn read_competencies(rota: &Rota, cell: &str) -> (Vec<CompetencyId>, Vec<String>) {
    let plain = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let whole = rota.competencies.iter().find(|c| plain(&c.name) == plain(cell));
    let parts: Vec<&str> = if whole.is_some() { vec![cell] } else { cell.split([',', ';', '/', '+', '\n']).collect() };
    for part in parts.into_iter().map(str::trim).filter(|part| !plain(part).is_empty()) {
        let same = rota.competencies.iter().find(|c| plain(&c.name) == plain(part));
        let mut begins = rota.competencies.iter().filter(|c| plain(&c.name).starts_with(&plain(part)));
        let like = begins.next().filter(|_| begins.next().is_none() && plain(part).len() >= 3);
        match same.or(like) {
            Some(found) if !known.contains(&found.id) => known.push(found.id.clone()),
            Some(_) => {}
            None => unknown.push(part.to_owned()),
        }
    }
    (known, unknown)
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
    if row.initials.is_empty() && row.set.initials.is_some() {
        return Some("initials: enter them, e.g. KP".to_owned());
    }
    if row.initials.is_empty() {
        return Some("no name and no initials".to_owned());
    }
    if row.initials.contains(['?', '*', '/']) {
        return Some(format!("initials {}: letters and digits only", words::safe(&row.initials)));
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
        return Some(format!("the same person as in row {}", twin.line));
    }
    if row.existing.is_none() && !row.initials_made {
        if let Some(other) = before.iter().find(|o| o.error.is_none() && same(&o.initials, &row.initials)) {
            return Some(format!("initials {} are also in row {}", row.initials, other.line));
        }
        if let Some(person) = rota.people.iter().find(|p| same(&p.initials, &row.initials)) {
            return Some(format!("initials {} already belong to {}", row.initials, spoken_name(person)));
        }
    }
    None
}

/// A name as it is spoken, such as `Helen Grant`.
#[must_use]
pub fn spoken_name(person: &Person) -> String {
    let name = format!("{} {}", person.given.trim(), person.family.trim());
    words::safe(name.trim()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::rota;
    use super::super::rows::numbered_rows;
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let rows = numbered_rows(text);
        let columns = find_columns(&rows);
        let rows = &rows[usize::from(columns.has_header)..];
        read_person_rows(&rota(), rows, &columns.columns, &[], |_| Rules::Wtr)
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
                "initials KP already belong to Pereira",
                "XY has no name",
                "AB: Bell, Ann ",
                "initials AB are also in row 4",
                "the same person as in row 4",
                "KP: ,  = kp ",
            ]
        );
    }

    #[test]
    fn competencies_are_read_by_name_and_what_is_none_is_told() {
        let mut rota = rota();
        for (id, name) in [("resus", "Resus lead"), ("ae", "Children in A&E"), ("als", "ALS, APLS")] {
            let id = CompetencyId::new(id).unwrap();
            rota.competencies.push(crate::model::Competency { id, name: name.to_owned() });
        }
        let told = |cell: &str| {
            let (known, unknown) = read_competencies(&rota, cell);
            format!("{} | {}", known.iter().map(CompetencyId::as_str).collect::<Vec<_>>().join(" "), unknown.join(" "))
        };
        assert_eq!(told("Resus lead, children in a&e; resus"), "resus ae | ");
        assert_eq!(told("ALS, APLS"), "als | ", "a name may have a comma");
        assert_eq!(told("Resus lead / Airway"), "resus | Airway");
        assert_eq!(told(" , "), " | ");
    }
}
