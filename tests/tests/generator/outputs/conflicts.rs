//! Every difference between the sources that the spec records, in every output.

use std::collections::{BTreeMap, HashMap};

use bigcommerce_tests::api;
use codegen::{model::Api, render::File, spec::Conflict};
use serde_json::{Value, json};

use super::{DOCS, SITE, catalogue, file, whole};

/// The conflicts in one place of the spec.
struct Place<'a> {
    /// What they are about.
    of: &'a str,
    conflicts: &'a [Conflict],
    /// The same in the catalogue.
    data: Option<&'a Value>,
    /// The page of the reference and that of the site.
    pages: [String; 2],
    /// Whether the client has an item whose comment reports them.
    in_rustdoc: bool,
}

fn places<'a>(api: &'a Api, data: &'a Value) -> Vec<Place<'a>> {
    let find = |list: &str, key: &str, name: &str| {
        let all = data[list].as_array().unwrap().iter();
        all.clone()
            .find(|one| one[key] == name)
            .map(|one| &one["conflicts"])
    };
    let place = |of, conflicts, data, page: [&str; 2], in_rustdoc| Place {
        of,
        conflicts,
        data,
        pages: page.map(str::to_owned),
        in_rustdoc,
    };
    let endpoints = api.endpoints.iter().map(|one| {
        let group = api.group(one.group).name.as_str();
        let data = find("endpoints", "id", &one.id);
        place(one.id.as_str(), &one.conflicts[..], data, [group; 2], true)
    });
    let events = api.events.iter().map(|one| {
        let data = find("events", "scope", &one.scope);
        place(&one.scope, &one.conflicts, data, ["events"; 2], true)
    });
    let scopes = api.scopes.iter().map(|one| {
        let area = &api.areas[one.area];
        let data = find("scopes", "wire", &one.wire);
        let own = format!("scope-{}", one.wire);
        let pages = ["authentication", own.as_str()];
        place(&one.wire, &area.conflicts, data, pages, true)
    });
    let history = api.service.history.iter().zip(0..).map(|(one, at)| {
        let data = data.pointer(&format!("/service/history/{at}/conflicts"));
        place(&one.name, &one.conflicts, data, ["versions"; 2], false)
    });
    let service = place(
        "the service",
        &api.service.conflicts,
        Some(&data["service"]["conflicts"]),
        ["sources"; 2],
        false,
    );
    endpoints
        .chain(events)
        .chain(scopes)
        .chain(history)
        .chain([service])
        .collect()
}

/// Only letters and digits, since each output marks up, wraps and escapes in its own way.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a page of the site, without its markup.
fn words(html: &str) -> String {
    let mut words = String::new();
    let mut until = None;
    for c in html.chars() {
        match (until, c) {
            (None, '<') => until = Some('>'),
            (None, '&') => until = Some(';'),
            (None, c) => words.push(c),
            (Some(end), c) if c == end => until = None,
            (Some(_), _) => {}
        }
    }
    plain(&words)
}

/// The comments of the client's files, by folder.
fn comments(files: &[File]) -> BTreeMap<&str, String> {
    let mut comments: BTreeMap<&str, String> = BTreeMap::new();
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        let folder = file.path.rfind('/').map_or("", |end| &file.path[..=end]);
        let lines = file.text.lines().map(str::trim_start);
        let told = lines.filter(|line| line.starts_with("///")).map(plain);
        comments.entry(folder).or_default().extend(told);
    }
    comments
}

fn texts(conflict: &Conflict) -> impl Iterator<Item = String> {
    let said = [conflict.guide.as_deref(), conflict.official.as_deref()];
    let said = said.into_iter().flatten().chain([conflict.why.as_str()]);
    said.map(plain).collect::<Vec<_>>().into_iter()
}

#[test]
fn every_conflict_of_the_spec_is_in_every_output_where_its_subject_is() {
    let api = api();
    let files = whole();
    let data = catalogue(files);
    let rustdoc = comments(files);
    // Many endpoints share a page.
    let mut markdown_pages = HashMap::new();
    let mut site_pages = HashMap::new();
    let mut missing = Vec::new();
    let mut seen = 0;
    for place in places(&api, &data) {
        let of = place.of;
        if place.conflicts.is_empty() {
            continue;
        }
        let [markdown, site] = &place.pages;
        // Searching the whole client would take too long, and most conflicts are in the folder of the
        // group.
        let own = format!("/{markdown}/");
        let (near, far): (Vec<_>, Vec<_>) = rustdoc
            .iter()
            .partition(|(folder, _)| folder.contains(&own));
        let in_comments = |text: &String| {
            let mut all = near.iter().chain(&far);
            all.any(|(_, told)| told.contains(text))
        };
        let markdown = markdown_pages
            .entry(markdown.clone())
            .or_insert_with(|| plain(file(files, &format!("{DOCS}{markdown}.md"))));
        let site = site_pages
            .entry(site.clone())
            .or_insert_with(|| words(file(files, &format!("{SITE}{site}.html"))));
        for (at, conflict) in place.conflicts.iter().enumerate() {
            seen += 1;
            let Conflict { holds, why, .. } = conflict;
            let about = conflict.about.as_str();
            let told = place.data.map_or(&Value::Null, |data| &data[at]);
            let said = |text: &Option<String>| json!(text);
            if (&told["about"], &told["holds"], &told["why"])
                != (&json!(about), &json!(holds), &json!(why))
                || told["guide"] != said(&conflict.guide)
                || told["official"] != said(&conflict.official)
            {
                missing.push(format!("{of}, {about}: the catalogue"));
            }
            for text in texts(conflict) {
                for (name, output) in [("Markdown", &*markdown), ("the site", &*site)] {
                    if !output.contains(&text) {
                        missing.push(format!("{of}, {about}: {name}, {text}"));
                    }
                }
                if place.in_rustdoc && !in_comments(&text) {
                    missing.push(format!("{of}, {about}: rustdoc, {text}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(seen > 90, "only {seen} conflicts were found");
}

#[test]
fn the_page_of_sources_has_every_conflict_and_the_pages_for_readers_have_none() {
    let api = api();
    let service = api.service.conflicts.iter();
    let all = service.chain(api.endpoints.iter().flat_map(|one| &one.conflicts));
    let all = all.chain(api.events.iter().flat_map(|one| &one.conflicts));
    let all = all.chain(api.areas.iter().flat_map(|one| &one.conflicts));
    let all = all.chain(api.service.history.iter().flat_map(|one| &one.conflicts));
    let texts: Vec<String> = all.flat_map(texts).collect();
    for (folder, kind, plain) in [
        (DOCS, "md", plain as fn(&str) -> String),
        (SITE, "html", words),
    ] {
        let page = |name: &str| plain(file(whole(), &format!("{folder}{name}.{kind}")));
        let sources = page("sources");
        for text in &texts {
            assert!(
                sources.contains(text),
                "{text} is not on the page of sources"
            );
        }
        // Of a description that contradicts itself, one part is followed, which the reason names.
        for part in ["text", "schema", "example"] {
            let twice = format!("description is followed. The {part} is followed");
            assert!(!sources.contains(&twice), "{twice}");
        }
        for name in ["index", "limits", "errors", "questions", "authentication"] {
            let page = page(name);
            let service = api.service.conflicts.iter();
            for conflict in service {
                // A reason that matters to every reader may be in the text as well.
                for text in [&conflict.guide, &conflict.official].into_iter().flatten() {
                    let text = self::plain(text);
                    assert!(!page.contains(&text), "{name} tells of sources: {text}");
                }
            }
        }
    }
}

/// A page of the site without what is folded away below "Sources".
fn without_sources(page: &str) -> String {
    let mut parts = page.split("<details class=\"sources\">");
    let first = parts.next().unwrap_or_default();
    let rest = parts.filter_map(|part| Some(part.split_once("</details>")?.1));
    std::iter::once(first).chain(rest).collect()
}

#[test]
fn the_pages_for_readers_say_what_to_do_and_not_what_each_source_says() {
    for name in [
        "index",
        "limits",
        "events",
        "errors",
        "questions",
        "authentication",
        "access",
    ] {
        let page = file(whole(), &format!("{SITE}{name}.html"));
        let page = words(&without_sources(page));
        assert!(page.len() > 1000, "{name}");
        for phrase in [
            "Official description",
            "official text",
            "Reference guide",
            "page says",
            "pages write",
            "The sources",
            "the sources",
        ] {
            let said = page.contains(&plain(phrase));
            assert!(!said, "{name}: {phrase}");
        }
    }
}
