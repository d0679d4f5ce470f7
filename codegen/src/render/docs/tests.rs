//! The pages of the real spec hold together: links lead somewhere, anchors are unique, tables are
//! tables.

use std::{collections::HashMap, fs, path::Path};

use serde::de::DeserializeOwned;

use super::*;
use crate::{model, spec};

fn read<T: DeserializeOwned>(file: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../spec")
        .join(file);
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn api() -> model::Api {
    let service: spec::Service = read("service.yaml");
    let groups = service
        .groups
        .iter()
        .map(|name| read(&format!("groups/{name}.yaml")))
        .collect();
    let document = spec::Document {
        service,
        scopes: read("scopes.yaml"),
        events: read("events.yaml"),
        shared: read("shared.yaml"),
        groups,
    };
    model::build(&document).unwrap()
}

/// Pages that other renderers put into the same folder.
const ELSEWHERE: [&str; 4] = [
    "scope-matrix.md",
    "scope-matrix.csv",
    "scope-matrix.json",
    "api.json",
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
        for line in file.text.lines() {
            if !line.starts_with('|') {
                columns = None;
                continue;
            }
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
