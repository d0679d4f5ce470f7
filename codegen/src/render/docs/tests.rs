//! The pages of the real spec are consistent: links have targets, anchors are unique, tables are valid.

use std::{collections::HashMap, fs, path::Path};

use super::*;
use crate::{model, pipeline};

mod frame;
mod headings;
mod newcomers;
mod published;
mod samples;
mod scopes;
mod search;

fn api() -> model::Api {
    let spec = pipeline::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec"));
    spec.api.unwrap()
}

/// Pages that other renderers put into the same folder.
const ELSEWHERE: [&str; 5] = [
    "scope-matrix.md",
    "scope-matrix.csv",
    "scope-matrix.json",
    "api.json",
    "coverage.json",
];

/// The text outside code blocks, and outside code spans too.
fn outside_code(text: &str) -> String {
    let mut out = String::new();
    let mut block = false;
    for line in text.lines() {
        if line.starts_with("```") {
            block = !block;
            continue;
        }
        if !block {
            out.extend(line.split('`').step_by(2));
            out.push('\n');
        }
    }
    out
}

#[test]
fn every_link_of_the_markdown_reference_leads_to_a_heading() {
    let files = markdown(&api()).unwrap();
    let mut anchors: HashMap<String, Vec<String>> = HashMap::new();
    for file in &files {
        let name = file.path.rsplit('/').next().unwrap().to_owned();
        let mut seen: Vec<String> = Vec::new();
        let mut block = false;
        for line in file.text.lines() {
            block ^= line.starts_with("```");
            let Some((_, heading)) = line
                .split_once("# ")
                .filter(|_| line.starts_with('#') && !block)
            else {
                continue;
            };
            let anchor = text::slug(heading);
            assert!(
                !seen.contains(&anchor),
                "{name} has two headings for #{anchor}"
            );
            seen.push(anchor);
        }
        anchors.insert(name, seen);
    }
    let mut dead = Vec::new();
    for file in &files {
        let name = file.path.rsplit('/').next().unwrap();
        let text = outside_code(&file.text).replace('\n', " ");
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap();
            if target.starts_with("https://") {
                continue;
            }
            let (page, anchor) = target.split_once('#').unwrap_or((target, ""));
            let page = if page.is_empty() { name } else { page };
            if ELSEWHERE.contains(&page) {
                continue;
            }
            let known = anchors.get(page);
            if !known
                .is_some_and(|known| anchor.is_empty() || known.iter().any(|one| one == anchor))
            {
                dead.push(format!("{name}: {target}"));
            }
        }
    }
    dead.dedup();
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn every_table_row_of_the_markdown_reference_has_the_columns_of_its_head() {
    for file in markdown(&api()).unwrap() {
        let mut columns = None;
        let mut before = "";
        for line in file.text.lines() {
            let last = std::mem::replace(&mut before, line);
            if !line.starts_with('|') {
                columns = None;
                continue;
            }
            let opens = columns.is_none() && !last.is_empty();
            assert!(!opens, "{}: no empty line above {line}", file.path);
            let count = line.replace("\\|", "").matches('|').count();
            assert_eq!(
                *columns.get_or_insert(count),
                count,
                "{}: {line}",
                file.path
            );
        }
        assert!(
            file.text.ends_with('\n') && !file.text.ends_with("\n\n"),
            "{}",
            file.path
        );
    }
}

/// The values of an attribute in HTML.
fn values<'a>(html: &'a str, attribute: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(attribute)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
}

#[test]
fn every_link_of_the_site_leads_to_an_id_and_none_leaves_for_a_resource() {
    let files = site(&api()).unwrap();
    let mut ids: HashMap<&str, Vec<&str>> = HashMap::new();
    for file in &files {
        let name = file.path.rsplit('/').next().unwrap();
        let found: Vec<&str> = values(&file.text, " id=\"").collect();
        for (at, id) in found.iter().enumerate() {
            assert!(
                !found[..at].contains(id),
                "{name} has two elements called {id}"
            );
        }
        ids.insert(name, found);
    }
    for file in files.iter().filter(|file| file.path.ends_with(".html")) {
        let name = file.path.rsplit('/').next().unwrap();
        for src in values(&file.text, " src=\"") {
            assert!(ids.contains_key(src), "{name} needs {src}");
        }
        for target in values(&file.text, " href=\"") {
            if target.starts_with("https://") {
                continue;
            }
            let (page, anchor) = target.split_once('#').unwrap_or((target, ""));
            let known = ids.get(if page.is_empty() { name } else { page });
            // The choices on a page with a form are after `show:`.
            let whole = anchor.is_empty() || anchor.starts_with("show:");
            let leads = known.is_some_and(|known| whole || known.contains(&anchor));
            assert!(leads, "{name} links to {target}");
        }
        for label in values(&file.text, " aria-labelledby=\"") {
            assert!(ids[name].contains(&label), "{name} is labelled by {label}");
        }
        assert_eq!(
            file.text.matches("<h1").count(),
            1,
            "{name} has one main heading"
        );
    }
}

#[test]
fn every_page_of_the_site_links_twins_of_its_own_in_the_formats_of_programs() {
    let files = site(&api()).unwrap();
    let name = |file: &File| file.path.rsplit('/').next().unwrap().to_owned();
    let mut linked: HashMap<String, String> = HashMap::new();
    for file in files.iter().filter(|file| file.path.ends_with(".html")) {
        let page = name(file);
        let alternates = file
            .text
            .lines()
            .filter(|line| line.contains(" rel=\"alternate\""));
        let twins: Vec<&str> = alternates
            .flat_map(|line| values(line, " href=\""))
            .collect();
        if page == "404.html" {
            assert!(twins.is_empty(), "{twins:?}");
            continue;
        }
        assert_eq!(twins.len(), 2, "{page} has {twins:?}");
        for twin in twins {
            assert!(
                files.iter().any(|file| name(file) == twin),
                "{page} links to {twin}"
            );
            let other = linked.insert(twin.to_owned(), page.clone());
            // These two show the same matrix.
            let matrix = ["endpoints.html", "scopes.html"].contains(&&*page);
            assert!(
                other.is_none() || matrix,
                "{page} and {other:?} share {twin}"
            );
        }
    }
}

#[test]
fn no_page_of_the_site_has_code_or_style_of_its_own_and_each_says_so() {
    for file in site(&api()).unwrap() {
        let page = &file.text;
        if !file.path.ends_with(".html") {
            continue;
        }
        let policy = values(page, "Content-Security-Policy\" content=\"").next();
        let policy = policy.unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'; "), "{}", file.path);
        assert!(!policy.contains("unsafe"), "{}: {policy}", file.path);
        for tag in page.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap();
            let mut names = tag.split(' ').filter_map(|part| part.split_once("=\""));
            let inline = names.any(|(name, _)| name == "style" || name.starts_with("on"));
            assert!(!inline, "{}: <{tag}>", file.path);
            let script = tag.starts_with("script") && !tag.contains(" src=\"");
            assert!(
                !script && !tag.starts_with("style"),
                "{}: <{tag}>",
                file.path
            );
        }
    }
}

#[test]
fn every_template_is_embedded_and_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates");
    let mut known: Vec<&str> = TEMPLATES
        .iter()
        .chain(ASSETS)
        .map(|(name, _)| *name)
        .collect();
    known.sort_unstable();
    let mut found = Vec::new();
    for folder in ["docs", "site"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            found.push(format!(
                "{folder}/{}",
                entry.unwrap().file_name().to_str().unwrap()
            ));
        }
    }
    found.sort();
    assert_eq!(found, known);

    // A template belongs to a page, a group, a scope, a provider, or is named by another one.
    let api = api();
    let pages: Vec<String> = markdown(&api)
        .unwrap()
        .into_iter()
        .chain(site(&api).unwrap())
        .map(|file| file.path.rsplit('/').next().unwrap().to_owned())
        .collect();
    for (name, _) in TEMPLATES {
        let own = name.rsplit('/').next().unwrap();
        let used = pages.iter().any(|page| page == own)
            || own.starts_with("group.")
            || own.starts_with("scope.")
            || own.starts_with("provider.")
            || own.starts_with("guide.")
            || own.starts_with("diagnostic.")
            || TEMPLATES
                .iter()
                .any(|(_, source)| source.contains(&format!("\"{name}\"")));
        assert!(used, "{name} is not used");
    }
}

#[test]
fn rendering_twice_gives_the_same_bytes() {
    let api = api();
    assert_eq!(markdown(&api).unwrap(), markdown(&api).unwrap());
    assert_eq!(site(&api).unwrap(), site(&api).unwrap());
}

#[test]
fn a_group_called_like_another_page_is_refused() {
    let mut api = api();
    api.groups[0].name = "events".to_owned();
    let error = markdown(&api).unwrap_err().to_string();
    assert!(error.contains("generated-client/docs/events.md"), "{error}");
}

#[test]
fn every_endpoint_event_and_scope_has_its_place_in_both_outputs() {
    let api = api();
    let (markdown, site) = (markdown(&api).unwrap(), site(&api).unwrap());
    let page = |files: &[crate::render::File], name: &str| {
        files
            .iter()
            .find(|file| file.path.ends_with(name))
            .unwrap()
            .text
            .clone()
    };
    for endpoint in &api.endpoints {
        let group = &api.group(endpoint.group).name;
        let text = page(&markdown, &format!("/{group}.md"));
        assert!(
            text.contains(&format!("\n### {}\n", endpoint.id)),
            "{}",
            endpoint.id
        );
        let html = page(&site, &format!("/{group}.html"));
        assert!(
            html.contains(&format!("id=\"{}\"", endpoint.id)),
            "{}",
            endpoint.id
        );
    }
    let (events, html) = (page(&markdown, "/events.md"), page(&site, "/events.html"));
    for event in &api.events {
        assert!(
            events.contains(&format!("\n### {}\n", event.scope)),
            "{}",
            event.scope
        );
        assert!(
            html.contains(&format!("id=\"{}\"", event.scope)),
            "{}",
            event.scope
        );
    }
    let scopes = page(&site, "/scopes.html");
    for scope in &api.scopes {
        assert!(
            scopes.contains(&format!("id=\"{}\"", scope.wire)),
            "{}",
            scope.wire
        );
    }
}

#[test]
fn the_example_of_a_delivery_has_ids_of_the_kind_that_the_thing_has() {
    let files = site(&api()).unwrap();
    let page = files
        .iter()
        .find(|file| file.path.ends_with("/events.html"));
    let page = &page.unwrap().text;
    for (scope, id) in [
        ("store/cart/created", "&quot;id&quot;: &quot;9b0d7f6e-"),
        (
            "store/cart/metafield/created",
            "&quot;resource_id&quot;: &quot;9b0d7f6e-",
        ),
        ("store/order/created", "&quot;id&quot;: 118"),
    ] {
        let (_, event) = page.split_once(&format!("<h4 id=\"{scope}\"")).unwrap();
        let event = event.split("</article>").next().unwrap();
        assert!(event.contains(id), "{scope} has no {id}");
    }
}

#[test]
fn no_example_of_a_call_sends_an_empty_object_but_the_one_that_has_to() {
    for file in site(&api()).unwrap() {
        let empty = file.text.matches("--data &#39;{}&#39;").count();
        let known = usize::from(file.path.ends_with("/hosting_deployments.html"));
        assert_eq!(empty, known, "{}", file.path);
    }
}

#[test]
fn each_entry_of_the_apis_history_is_where_its_link_leads() {
    let api = api();
    let files = markdown(&api).unwrap();
    let entries = history::entries(&api);
    assert!(!entries.is_empty());
    let places = entries.iter().map(|entry| entry.place.clone());
    for place in places.chain([history::place()]) {
        let (path, anchor) = place.split_once('#').unwrap();
        let page = files.iter().find(|file| file.path == path);
        let mut lines = page.unwrap().text.lines();
        let found = lines.any(|line| {
            let heading = line.split_once("# ").filter(|_| line.starts_with('#'));
            heading.is_some_and(|(_, heading)| text::slug(heading) == anchor)
        });
        assert!(found, "nothing is at {place}");
    }
}
