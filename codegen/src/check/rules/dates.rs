//! Dates: that each is a day of the calendar.

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics},
    index::Index,
};

pub static BAD_DATE: Code = Code::error(
    "E505",
    "bad-date",
    "A date consists of a year, a month and a day, such as `2026-01-31`.",
);

pub(super) fn dates(cx: &Index<'_>, out: &mut Diagnostics) {
    let service = &cx.document.service;
    let root = At::root("service.yaml");
    dated(
        &service.guide.updated,
        root.key("guide").key("updated"),
        out,
    );
    for (index, release) in service.history.iter().enumerate() {
        let name = &release.name;
        // An empty one is reported elsewhere.
        if name.is_empty() || is_date(name) || service.generations.contains(name) {
            continue;
        }
        let at = root.key("history").index(index).key("name").value();
        let message = format!("`{name}` is neither a date nor a generation");
        out.push(
            Diagnostic::new(&BAD_DATE, at, message)
                .help("write the year, the month and the day, such as `2026-01-31`, or the name of a generation")
                .meant(name, cx.candidates(service.generations.keys())),
        );
    }
}

/// That the text at this place is a date. One that is empty is reported elsewhere.
pub(super) fn dated(text: &str, at: At<'_>, out: &mut Diagnostics) {
    if !text.is_empty() && !is_date(text) {
        let message = format!("`{text}` is not a date");
        out.push(
            Diagnostic::new(&BAD_DATE, at.value(), message)
                .help("write the year, the month and the day: `2026-01-31`"),
        );
    }
}

fn is_date(text: &str) -> bool {
    let numbers: Option<Vec<u32>> = text
        .split('-')
        .zip([4, 2, 2])
        .map(|(part, digits)| {
            let is_number = part.len() == digits && part.bytes().all(|it| it.is_ascii_digit());
            is_number.then(|| part.parse().ok()).flatten()
        })
        .collect();
    let Some([year, month, day]) = numbers.as_deref() else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    text.split('-').count() == 3 && (1..=days).contains(day)
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn only_a_day_of_the_calendar_is_a_date() {
        for date in ["2026-01-31", "2024-02-29", "2000-02-29", "2025-11-30"] {
            assert!(is_date(date), "{date}");
        }
        for other in [
            "",
            "soon",
            "2026",
            "2026-01",
            "2026-1-1",
            "2026-13-01",
            "2026-00-01",
            "2026-04-31",
            "2025-02-29",
            "1900-02-29",
            "2026-01-00",
            "2026-01-01-",
            "2026-01-01 ",
            "+026-01-01",
        ] {
            assert!(!is_date(other), "{other}");
        }
    }
}
