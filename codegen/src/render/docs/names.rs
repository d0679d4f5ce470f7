//! Names in the prose of the site lead to where they stand: endpoints, fields, scopes and events. Whoever
//! reads that a call is to be made before another one can go there.

use std::collections::{BTreeMap, BTreeSet};

use super::view::{links::page, scope, types::heading};
use crate::{
    model::{Api, Home, Kind},
    render::File,
};

/// What a name has to stand in.
const PROSE: [&str; 4] = ["p", "li", "dd", "td"];

/// What leads somewhere itself, does something else when it is pressed, is shown as it is, or says what the
/// text beside it is about.
const SHUT: [&str; 12] = [
    "a", "pre", "summary", "label", "button", "svg", "th", "dt", "h1", "h2", "h3", "h4",
];

/// A page, and a place on it; the page as such where that is empty.
type Place = (String, String);

/// Makes a link of each name that stands as code in the prose of a page.
pub(super) fn lead(api: &Api, files: &mut [File]) {
    let places = places(api, files);
    for file in files {
        let here = name(&file.path);
        // The codes there are examples of a spec, which has names of its own.
        if here.ends_with(".html") && !here.starts_with(page::DIAGNOSTICS.trim_end_matches('s')) {
            file.text = linked(&file.text, here, &places);
        }
    }
}

/// What each name leads to. A name that means several things leads nowhere.
fn places(api: &Api, files: &[File]) -> BTreeMap<String, Place> {
    let html = |page: &str| format!("{page}.html");
    let mut found: BTreeMap<String, BTreeSet<Place>> = BTreeMap::new();
    let mut add = |name: &str, page: String, anchor: &str| {
        let places = found.entry(name.to_owned()).or_default();
        places.insert((page, anchor.to_owned()));
    };
    for one in &api.endpoints {
        add(&one.id, html(&api.group(one.group).name), &one.id);
    }
    for one in &api.events {
        add(&one.scope, html(page::EVENTS), &one.scope);
    }
    for one in &api.scopes {
        add(&one.wire, html(&scope::page(&one.wire)), "");
    }
    for def in &api.types {
        let page = match def.home {
            Home::Group(group) => html(&api.group(group).name),
            Home::Events => html(page::EVENTS),
            // It stands on every page that uses it: its name leads nowhere, whatever else is called so.
            Home::Shared => String::new(),
        };
        if let Kind::Object { fields, .. } = &def.kind {
            for field in fields {
                let name = format!("{}.{}", heading(def), field.wire);
                add(&name, page.clone(), &name);
            }
        }
    }
    let anchors = anchors(files);
    let one = found.into_iter().filter_map(|(name, places)| {
        let mut places = places.into_iter();
        let place = places.next().filter(|_| places.next().is_none())?;
        let stands = place.1.is_empty() || anchors.contains(&(&*place.0, &*place.1));
        stands.then_some((name, place))
    });
    one.collect()
}

/// The places that pages have.
fn anchors(files: &[File]) -> BTreeSet<(&str, &str)> {
    let pages = files.iter().filter(|file| file.path.ends_with(".html"));
    let all = pages.flat_map(|file| {
        let ids = file.text.split(" id=\"").skip(1);
        let ids = ids.filter_map(|part| part.split('"').next());
        ids.map(move |id| (name(&file.path), id))
    });
    all.collect()
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn linked(text: &str, here: &str, places: &BTreeMap<String, Place>) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut prose, mut shut) = (0_usize, 0_usize);
    let mut rest = text;
    while let Some((before, tag)) = rest.find('<').map(|at| rest.split_at(at)) {
        let Some(end) = tag.find('>') else {
            break;
        };
        let (tag, behind) = tag.split_at(end + 1);
        out.push_str(before);
        rest = behind;
        if tag == "<code>" && prose > 0 && shut == 0 {
            let code = behind.split_once("</code>");
            let place = code.and_then(|(name, _)| places.get(name));
            let href = place.and_then(|place| href(place, here));
            if let (Some((name, behind)), Some(href)) = (code, href) {
                for part in ["<a href=\"", &href, "\"><code>", name, "</code></a>"] {
                    out.push_str(part);
                }
                rest = behind;
                continue;
            }
        }
        out.push_str(tag);
        let element = tag.trim_start_matches(['<', '/']);
        let element = element.split(|c: char| !c.is_ascii_alphanumeric()).next();
        let element = element.unwrap_or_default();
        for (names, depth) in [(&PROSE[..], &mut prose), (&SHUT[..], &mut shut)] {
            if names.contains(&element) {
                *depth = if tag.starts_with("</") {
                    depth.saturating_sub(1)
                } else {
                    *depth + 1
                };
            }
        }
    }
    out.push_str(rest);
    out
}

/// The address of a place; none for the page that it would be on.
fn href((page, anchor): &Place, here: &str) -> Option<String> {
    match (page == here, anchor.is_empty()) {
        (true, true) => None,
        (true, false) => Some(format!("#{anchor}")),
        (false, true) => Some(page.clone()),
        (false, false) => Some(format!("{page}#{anchor}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        let places = [
            ("pets.list", ("pets.html", "pets.list")),
            ("pets_read", ("scope-pets_read.html", "")),
        ];
        let places = places
            .map(|(name, (page, anchor))| (name.to_owned(), (page.to_owned(), anchor.to_owned())));
        linked(text, "pets.html", &BTreeMap::from(places))
    }

    #[test]
    fn a_name_in_prose_leads_to_where_it_stands() {
        assert_eq!(
            of(
                "<p>Ask <code>pets.list</code> with <code>pets_read</code>, not <code>pets</code>.</p>"
            ),
            "<p>Ask <a href=\"#pets.list\"><code>pets.list</code></a> with \
             <a href=\"scope-pets_read.html\"><code>pets_read</code></a>, not <code>pets</code>.</p>"
        );
    }

    #[test]
    fn what_leads_somewhere_or_is_no_prose_stays_as_it_is() {
        for text in [
            "<p><a href=\"x\"><code>pets.list</code></a></p>",
            "<h3><code>pets.list</code></h3>",
            "<dl><dt><code>pets.list</code></dt><dd>It.</dd></dl>",
            "<li><details><summary><code>pets.list</code></summary></details></li>",
            "<pre><code>pets.list</code></pre>",
            "a < b <code>pets.list</code> and an end <p",
        ] {
            assert_eq!(of(text), text);
        }
    }
}
