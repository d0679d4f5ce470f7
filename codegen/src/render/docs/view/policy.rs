//! What each level of an access policy allows, for programs: the page on access as JSON and Markdown.

use std::fmt::Write as _;

use serde::Serialize;

use super::Links;
use crate::{
    model::{Endpoint, Least, ScopeId},
    render::{
        Defect, json_text,
        text::{cell, prose},
    },
};

/// The levels of every group.
#[derive(Serialize)]
struct Levels<'a> {
    /// The level of a group that a policy does not name.
    default: &'static str,
    groups: Vec<Group<'a>>,
}

/// What a policy can allow for a group.
#[derive(Serialize)]
struct Group<'a> {
    name: &'a str,
    title: String,
    read: Level<'a>,
    full: Level<'a>,
}

/// What a level allows, with its minimum scopes.
#[derive(Serialize)]
struct Level<'a> {
    endpoints: Vec<&'a str>,
    scopes: Vec<&'a str>,
}

impl<'a> Levels<'a> {
    fn of(links: &Links<'a>) -> Self {
        let api = links.api;
        let level = |endpoints: Vec<&'a Endpoint>, scopes: &[ScopeId]| Level {
            endpoints: endpoints.iter().map(|one| &*one.id).collect(),
            scopes: scopes.iter().map(|id| &*api.scope(*id).wire).collect(),
        };
        let groups = api.groups.iter().map(|group| {
            let all = api.endpoints_of(group);
            let least = Least::of(api, all);
            let reads = all.iter().filter(|one| !one.writes);
            Group {
                name: &group.name,
                title: prose(&group.title),
                read: level(reads.collect(), &least.read),
                full: level(all.iter().collect(), &least.full),
            }
        });
        Self {
            default: "off",
            groups: groups.collect(),
        }
    }
}

pub(in super::super) fn json(links: &Links<'_>) -> Result<String, Defect> {
    json_text::print(&Levels::of(links)).map_err(|cause| Defect::new("access.json", cause))
}

pub(in super::super) fn markdown(links: &Links<'_>) -> String {
    let codes = |names: &[&str]| -> String {
        let codes: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        if codes.is_empty() {
            "–".to_owned()
        } else {
            codes.join(", ")
        }
    };
    let mut text = "# Access\n\nWhat each level of an access policy allows, and the minimum scopes for it. A group \
                    that a policy does not name is off.\n\n| Group | Read | Scopes to read | Full | Scopes for \
                    all |\n| --- | --- | --- | --- | --- |\n"
        .to_owned();
    for group in Levels::of(links).groups {
        let Group {
            name, read, full, ..
        } = &group;
        let _ = writeln!(
            text,
            "| {} (`{name}`) | {} | {} | {} | {} |",
            cell(&group.title),
            codes(&read.endpoints),
            codes(&read.scopes),
            codes(&full.endpoints),
            codes(&full.scopes),
        );
    }
    text + &file(links).unwrap_or_default()
}

/// The format of a policy file, with the first group and the last; none if the first has no endpoint.
fn file(links: &Links<'_>) -> Option<String> {
    let groups = &links.api.groups;
    let (first, last) = (groups.first()?, groups.last()?);
    let endpoint = &links.api.endpoints_of(first).first()?.id;
    let read = (last.name != first.name).then_some(&last.name);
    let yaml = read.map(|name| format!("  {name}: read\n"));
    let json = read.map(|name| format!(", \"{name}\": \"read\""));
    let (yaml, json) = (yaml.unwrap_or_default(), json.unwrap_or_default());
    let first = &first.name;
    Some(format!(
        "
## The policy file

The client reads a policy as YAML or JSON. Single endpoints can be allowed or denied regardless of
their group.

```yaml
groups:
  {first}: full
{yaml}endpoints:
  {endpoint}: deny
```

```json
{{
  \"groups\": {{ \"{first}\": \"full\"{json} }},
  \"endpoints\": {{ \"{endpoint}\": \"deny\" }}
}}
```
"
    ))
}
