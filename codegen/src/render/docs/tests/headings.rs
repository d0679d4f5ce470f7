//! The headings of a page are its outline: each is where it belongs, and no level is left out.

use super::*;

/// A heading: its level, and its id if it has one.
type Heading<'a> = (usize, &'a str);

/// Where headings of a kind belong, by the start of the element around them: below this heading.
const PLACES: [(&str, &[&str]); 3] = [
    ("<article class=\"endpoint\"", &["endpoints", "calls"]),
    ("<article class=\"event entry\"", &["all-events"]),
    ("<section class=\"schema\"", &["types", "payloads"]),
];

/// The headings of a part of a page, in its order.
fn headings(html: &str) -> Vec<Heading<'_>> {
    let tags = html.split("<h").skip(1);
    tags.filter_map(|tag| level(tag).map(|level| (level, id(tag))))
        .collect()
}

/// The level of a heading, if a tag that starts with an `h` is one.
fn level(tag: &str) -> Option<usize> {
    let mut start = tag.chars();
    let level = start.next()?.to_digit(10)?;
    matches!(start.next(), Some(' ' | '>')).then_some(level as usize)
}

fn id(tag: &str) -> &str {
    let attributes = tag.split('>').next().unwrap_or_default();
    let id = attributes.split_once(" id=\"");
    let id = id.and_then(|(_, rest)| rest.split_once('"'));
    id.map_or("", |(id, _)| id)
}

/// The headings of every page of the site.
fn each_page(mut check: impl FnMut(&str, &str, &[Heading<'_>])) {
    for file in site(&api()).unwrap() {
        if file.path.ends_with(".html") {
            let name = file.path.rsplit('/').next().unwrap();
            check(name, &file.text, &headings(&file.text));
        }
    }
}

#[test]
fn a_page_begins_with_its_main_heading_and_leaves_out_no_level_below_it() {
    each_page(|page, _, all| {
        assert_eq!(
            all.first().map(|one| one.0),
            Some(1),
            "{page} begins with {all:?}"
        );
        for two in all.windows(2) {
            assert!(
                two[1].0 > 1 && two[1].0 <= two[0].0 + 1,
                "{page}: {:?} is below {:?}",
                two[1],
                two[0]
            );
        }
    });
}

#[test]
fn a_heading_has_something_below_it() {
    each_page(|page, text, all| {
        let ends = text.split("</h").skip(1);
        let ends = ends.filter(|end| end.starts_with(|c: char| c.is_ascii_digit()));
        let between = ends.map(|end| {
            let behind = end.split_once('>').map_or("", |(_, behind)| behind);
            behind.split("<h").next().unwrap_or_default()
        });
        let mut below = all.iter().zip(between).zip(all.iter().skip(1));
        let empty = below
            .find(|((one, between), next)| next.0 <= one.0 && between.split('<').all(is_structure));
        assert!(empty.is_none(), "{page}: {empty:?} has nothing below it");
    });
}

/// Whether a tag and what is behind it are only the start or the end of a part of the page.
fn is_structure(tag: &str) -> bool {
    let (name, behind) = tag.split_once('>').unwrap_or(("", tag));
    let name = name.trim_start_matches('/');
    let parts = ["section", "article", "div"];
    let is = name.is_empty() || parts.iter().any(|part| name.starts_with(part));
    is && behind.trim().is_empty()
}

#[test]
fn endpoints_events_and_types_are_below_the_headings_that_announce_them() {
    let mut found = [0; PLACES.len()];
    each_page(|page, text, _| {
        for (at, (start, above)) in PLACES.iter().enumerate() {
            for (place, _) in text.match_indices(start) {
                let before = headings(&text[..place]);
                let last = before.iter().rev().find(|one| one.0 == 2);
                let is = last.is_some_and(|one| above.contains(&one.1));
                assert!(is, "{page}: {start} is below {last:?}");
                found[at] += 1;
            }
        }
    });
    assert!(found.iter().all(|count| *count > 0), "{found:?}");
}

#[test]
fn what_is_inside_a_group_is_a_part_of_its_endpoints() {
    let api = api();
    for files in [site(&api).unwrap(), markdown(&api).unwrap()] {
        let of_orders =
            |file: &&File| file.path.ends_with("/orders.html") || file.path.ends_with("/orders.md");
        let page = files.iter().find(of_orders).unwrap();
        let below = page.text.find("Inside orders").unwrap();
        let start = page.text[..below].rfind('\n').unwrap() + 1;
        let line = &page.text[start..];
        let line = line.lines().next().unwrap_or_default();
        let is = line.starts_with("<h3 ") || line.starts_with("### ");
        assert!(is, "{}: {line}", page.path);
    }
}
