//! The HTML site: the same views as the Markdown reference in pages that need no server, no script and
//! no other host. It is built, not committed.

use serde::Serialize;

use super::{
    distinct,
    engine::{ASSETS, Engine},
    view::{
        Links, Output, area, choices::Choices, conflicts, coverage, events, frame, group,
        links::page, matters, orientation, scopes, search, service, sources, twins,
    },
};
use crate::{
    model::Api,
    render::{Defect, File},
};

const ROOT: &str = "target/site";

/// Renders the HTML site.
///
/// # Errors
///
/// When a template fails, or a group is called like another page.
pub fn site(api: &Api) -> Result<Vec<File>, Defect> {
    let site = Site {
        api,
        engine: Engine::new()?,
    };
    let mut files = orientation(&site)?;
    for one in &api.groups {
        files.push(site.file("group", &one.name, |links| {
            (
                frame::group(links, one),
                Group {
                    group: group::view(links, one),
                },
            )
        })?);
    }
    files.extend(reference(&site)?);
    files.extend(matters(&site)?);
    if let Some(list) = &api.official {
        files.push(site.page(
            page::COVERAGE,
            "Coverage",
            "Every official operation, and whether it is here.",
            |links| coverage::view(links, list),
        )?);
    }
    files.extend(ASSETS.iter().map(|(name, text)| File {
        path: format!("{ROOT}/{}", name.rsplit('/').next().unwrap_or(name)),
        text: (*text).to_owned(),
    }));
    let links = Links {
        api,
        output: Output::Site,
        here: "",
    };
    files.push(File {
        path: format!("{ROOT}/search-index.js"),
        text: search::script(&links, &files),
    });
    files.push(File {
        path: format!("{ROOT}/llms.txt"),
        text: twins::llms(&links),
    });
    files.push(File {
        path: format!("{ROOT}/sitemap.txt"),
        text: twins::sitemap(&files),
    });
    files.extend(twins::data(api, ROOT)?);
    distinct(files)
}

/// The pages to start from.
fn orientation(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    let service = &site.api.service;
    Ok(vec![
        site.page(page::INDEX, &service.title, &service.does, |links| Index {
            about: orientation::view(links),
            first: orientation::first(links),
            topics: service::topics(links, crate::spec::Place::Index),
            map: service::topics(links, crate::spec::Place::Map),
            connections: service::connections(links),
            areas: area::all(links),
        })?,
        site.page(
            page::AUTHENTICATION,
            "Connection and authentication",
            "Ways to connect and to authenticate, and what a token grants.",
            |links| Authentication {
                intro: service::topics(links, crate::spec::Place::Connect),
                after: service::topics(links, crate::spec::Place::Install),
                connections: service::connections(links),
                methods: service::authentication(links),
            },
        )?,
        site.file(page::NOT_FOUND, page::NOT_FOUND, |links| {
            let title = "There is no such page";
            let example = area::all(links).into_iter().next();
            let example = example.and_then(|area| area.groups.into_iter().next());
            (frame::page(links, title, title), NotFound { example })
        })?,
    ])
}

/// The pages that list endpoints, scopes and events.
fn reference(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    Ok(vec![
        site.page(
            page::ENDPOINTS,
            "All endpoints",
            "Every endpoint with its method, path, access, scope and version.",
            |links| Endpoints {
                groups: site.groups(links),
                choices: Choices::of(site.api),
                total: site.api.endpoints.len(),
                differ: conflicts::here(links),
            },
        )?,
        site.page(
            page::SCOPES,
            "Scopes",
            "The endpoints that each scope grants, and the scope that each endpoint needs.",
            |links| Scopes {
                scopes: scopes::view(links),
                least: scopes::least(links),
                groups: site.groups(links),
                choices: Choices::of(site.api),
                total: site.api.endpoints.len(),
            },
        )?,
        site.page(
            page::EVENTS,
            "Webhook events",
            "Webhook events, the endpoints that fire them, and their payloads.",
            events::view,
        )?,
    ])
}

/// The pages on what concerns all endpoints.
fn matters(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    Ok(vec![
        site.page(
            page::LIMITS,
            "Limits and pagination",
            "Rate limits, pagination, filters, request size, and limits of single endpoints.",
            matters::limits,
        )?,
        site.page(
            page::ERRORS,
            "Errors and status codes",
            "The meaning of each status and what to do about it.",
            matters::errors,
        )?,
        site.page(
            page::VERSIONS,
            "Versions",
            "The versions of the API and its changelog.",
            matters::versions,
        )?,
        site.page(
            page::QUESTIONS,
            "Questions",
            "Frequently asked questions.",
            matters::questions,
        )?,
        site.page(
            page::SOURCES,
            "Sources and disagreements",
            "Where the facts of this reference come from, and where the sources disagree.",
            sources::view,
        )?,
    ])
}

struct Site<'a> {
    api: &'a Api,
    engine: Engine,
}

impl Site<'_> {
    fn groups(&self, links: &Links<'_>) -> Vec<group::GroupView> {
        self.api
            .groups
            .iter()
            .map(|one| group::summary(links, one))
            .collect()
    }

    fn page<V: Serialize>(
        &self,
        name: &'static str,
        title: &str,
        description: &str,
        view: impl FnOnce(&Links<'_>) -> V,
    ) -> Result<File, Defect> {
        self.file(name, name, |links| {
            (frame::page(links, title, description), view(links))
        })
    }

    fn file<V: Serialize>(
        &self,
        template: &str,
        name: &str,
        view: impl FnOnce(&Links<'_>) -> (frame::Frame, V),
    ) -> Result<File, Defect> {
        let links = Links {
            api: self.api,
            output: Output::Site,
            here: name,
        };
        let (frame, view) = view(&links);
        let text = self
            .engine
            .render(&format!("site/{template}.html"), &Page { frame, view })?;
        Ok(File {
            path: format!("{ROOT}/{name}.html"),
            text,
        })
    }
}

#[derive(Serialize)]
struct Page<V> {
    frame: frame::Frame,
    #[serde(flatten)]
    view: V,
}

#[derive(Serialize)]
struct Index {
    about: orientation::Orientation,
    first: Option<orientation::First>,
    topics: Vec<service::TopicView>,
    map: Vec<service::TopicView>,
    connections: Vec<service::Way>,
    areas: Vec<area::Area>,
}

#[derive(Serialize)]
struct NotFound {
    example: Option<area::Part>,
}

#[derive(Serialize)]
struct Authentication {
    intro: Vec<service::TopicView>,
    after: Vec<service::TopicView>,
    connections: Vec<service::Way>,
    methods: Vec<service::Way>,
}

#[derive(Serialize)]
struct Group {
    group: group::GroupView,
}

#[derive(Serialize)]
struct Endpoints {
    groups: Vec<group::GroupView>,
    choices: Choices,
    total: usize,
    differ: Vec<String>,
}

#[derive(Serialize)]
struct Scopes {
    scopes: scopes::ScopesView,
    least: Vec<scopes::LeastView>,
    groups: Vec<group::GroupView>,
    choices: Choices,
    total: usize,
}
