//! Dates of articles, as authors write them and as readers read them.

use crate::render::context::Date;

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Reads `05/31/2018`, `5/31/2018` or `2018-05-31` (also with a time after it); `None` for anything else.
///
/// Readers of English see the month's name, in the order of their country; others see the ISO date.
pub fn date(text: &str, language: &str) -> Option<Date> {
    let day = text.trim().split(['T', ' ']).next()?;
    let (year, month, day) = match day.split('/').collect::<Vec<_>>()[..] {
        [month, day, year] => (year, month, day),
        _ => match day.split('-').collect::<Vec<_>>()[..] {
            [year, month, day] => (year, month, day),
            _ => return None,
        },
    };
    let number =
        |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()));
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    let is_date = (1000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days(year, month)).contains(&day);
    is_date.then(|| {
        let iso = format!("{year:04}-{month:02}-{day:02}");
        let text = readable(year, month, day, language).unwrap_or_else(|| iso.clone());
        Date { iso, text }
    })
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

fn readable(year: u32, month: u32, day: u32, language: &str) -> Option<String> {
    let language = language.to_ascii_lowercase();
    let name = MONTHS.get(month as usize - 1)?;
    match language.as_str() {
        "en" | "en-us" => Some(format!("{name} {day}, {year}")),
        other if other.starts_with("en-") => Some(format!("{day} {name} {year}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, language: &str) -> Option<(String, String)> {
        date(text, language).map(|date| (date.iso, date.text))
    }

    #[test]
    fn both_orders_are_read() {
        let expected = Some(("2018-05-31".to_owned(), "May 31, 2018".to_owned()));
        assert_eq!(read("05/31/2018", "en-us"), expected);
        assert_eq!(read(" 2018-05-31T08:00:00Z ", "en-US"), expected);
        assert_eq!(read("5/1/2018", "en-gb").map(|date| date.1).as_deref(), Some("1 May 2018"));
        assert_eq!(read("5/1/2018", "de").map(|date| date.1).as_deref(), Some("2018-05-01"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "31/05/2018", "02/30/2020", "2018", "yesterday", "1/1/1/1", "+1/1/2018", "2018-13-01"] {
            assert_eq!(read(text, "en-us"), None, "{text}");
        }
    }
}
