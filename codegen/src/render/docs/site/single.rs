//! The pages of which there is one each: those to start from, those that list endpoints, scopes and events,
//! and those about all endpoints.

use serde::Serialize;

use super::Site;
use crate::render::{
    Defect, File,
    docs::view::{
        area, coverage, events, frame, glossary, inbound, links::page, matters, orientation, rows,
        scopes, service, sources,
    },
};

/// The pages to start from.
pub(super) fn orientation(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    let service = &site.api.service;
    Ok(vec![
        site.page(page::INDEX, &service.title, &service.does, |links| Index {
            about: orientation::view(links),
            first: orientation::first(links),
            topics: service::topics(links, crate::spec::Place::Index),
            map: service::topics(links, crate::spec::Place::Map),
            connections: service::connections(links),
            areas: area::all(links),
            providers: inbound::all(links),
        })?,
        site.page(
            page::AUTHENTICATION,
            "Connection and authentication",
            "Ways to connect and to authenticate, and the scopes of a token.",
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
pub(super) fn reference(site: &Site<'_>) -> Result<Vec<File>, Defect> {
    Ok(vec![
        site.page(
            page::ENDPOINTS,
            "All endpoints",
            "Every endpoint with its method, path, access, scope and version.",
            |links| Endpoints {
                groups: rows::groups(links),
                areas: scopes::view(links).areas,
                methods: rows::methods(site.api),
                total: site.api.endpoints.len(),
            },
        )?,
        site.page(
            page::SCOPES,
            "Scopes",
            "The endpoints that each scope grants, and the scope that each endpoint needs.",
            |links| Scopes {
                scopes: scopes::view(links),
                groups: rows::groups(links),
                methods: rows::methods(site.api),
                total: site.api.endpoints.len(),
            },
        )?,
        site.page(
            page::ACCESS,
            "Access",
            "An access policy decides for each group what a program may do: nothing, read, or everything.",
            |links| Access {
                areas: rows::areas(links),
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

/// The pages about all endpoints.
pub(super) fn matters(site: &Site<'_>) -> Result<Vec<File>, Defect> {
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
            "The meaning of each status and how to handle it.",
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
            page::GLOSSARY,
            "Glossary",
            "The terms of this API, with links to the details.",
            glossary::view,
        )?,
        site.page(
            page::SOURCES,
            "Sources and disagreements",
            "Where the facts of this reference come from, and where the sources disagree.",
            sources::view,
        )?,
    ])
}

/// The page about the official operations, if the spec lists them.
pub(super) fn coverage(site: &Site<'_>) -> Result<Option<File>, Defect> {
    let Some(list) = &site.api.official else {
        return Ok(None);
    };
    let page = site.page(
        page::COVERAGE,
        "Coverage",
        "Every official operation, and whether it is here.",
        |links| coverage::view(links, list),
    )?;
    Ok(Some(page))
}

#[derive(Serialize)]
struct Index {
    about: orientation::Orientation,
    first: Option<orientation::First>,
    topics: Vec<service::TopicView>,
    map: Vec<service::TopicView>,
    connections: Vec<service::Way>,
    areas: Vec<area::Area>,
    providers: Vec<inbound::Provider>,
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
struct Endpoints {
    groups: Vec<rows::RowGroup>,
    areas: Vec<scopes::AreaView>,
    methods: Vec<&'static str>,
    total: usize,
}

#[derive(Serialize)]
struct Scopes {
    scopes: scopes::ScopesView,
    groups: Vec<rows::RowGroup>,
    methods: Vec<&'static str>,
    total: usize,
}

#[derive(Serialize)]
struct Access {
    areas: Vec<rows::RowArea>,
    total: usize,
}
