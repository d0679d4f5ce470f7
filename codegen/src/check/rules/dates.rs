//! Dates: that each is a day of the calendar.

use jiff::civil::Date;

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

/// Whether it is a date in this one spelling; others, such as `20260131`, can be parsed as well.
fn is_date(text: &str) -> bool {
    let date: Result<Date, _> = text.parse();
    date.is_ok_and(|date| date.year() >= 0 && date.to_string() == text)
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
            "20260131",
            "2026-01-31T00:00:00",
            "-002026-01-31",
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
