//! The Markdown reference: one page per group, and one for each subject that concerns all of them.

use serde::Serialize;

use super::{
    distinct,
    engine::Engine,
    view::{
        Links, Output, area, coverage, events, glossary, group, inbound, links::page, matters,
        orientation, scopes, service, sources,
    },
};
use crate::{
    model::Api,
    render::{Defect, File},
};

pub(super) const ROOT: &str = "generated-client/docs";

/// Renders the Markdown reference.
///
/// # Errors
///
/// If a template fails, or a group has the name of another page.
pub fn markdown(api: &Api) -> Result<Vec<File>, Defect> {
    let engine = Engine::new()?;
    let writer = Writer { api, engine };
    let mut files = vec![
        writer.page(page::INDEX, |links| Index {
            title: &api.service.title,
            about: orientation::view(links),
            first: orientation::first(links),
            has_coverage: api.official.is_some(),
            topics: service::topics(links, crate::spec::Place::Index),
            map: service::topics(links, crate::spec::Place::Map),
            areas: area::all(links),
            providers: inbound::all(links),
        })?,
        writer.page(page::AUTHENTICATION, |links| Authentication {
            intro: service::topics(links, crate::spec::Place::Connect),
            after: service::topics(links, crate::spec::Place::Install),
            connections: service::connections(links),
            methods: service::authentication(links),
            scopes: scopes::view(links),
        })?,
    ];
    for one in &api.groups {
        files.push(writer.file("group", &one.name, |links| Group {
            group: group::view(links, one),
        })?);
    }
    if let Some(inbound) = &api.inbound {
        for (one, provider) in inbound.providers() {
            files.push(writer.file("provider", &one.name, |links| {
                let own = inbound::links(inbound, one, links);
                Provider {
                    provider: inbound::view(&own, one, provider),
                }
            })?);
        }
    }
    files.extend([
        writer.page(page::EVENTS, events::view)?,
        writer.page(page::LIMITS, matters::limits)?,
        writer.page(page::ERRORS, matters::errors)?,
        writer.page(page::VERSIONS, matters::versions)?,
        writer.page(page::QUESTIONS, matters::questions)?,
        writer.page(page::GLOSSARY, glossary::view)?,
        writer.page(page::SOURCES, sources::view)?,
    ]);
    if let Some(list) = &api.official {
        files.push(writer.page(page::COVERAGE, |links| coverage::view(links, list))?);
    }
    distinct(files)
}

struct Writer<'a> {
    api: &'a Api,
    engine: Engine,
}

impl<'a> Writer<'a> {
    fn page<V: Serialize>(
        &self,
        name: &'static str,
        view: impl FnOnce(&Links<'_>) -> V,
    ) -> Result<File, Defect> {
        self.file(name, name, view)
    }

    fn file<V: Serialize>(
        &self,
        template: &str,
        name: &str,
        view: impl FnOnce(&Links<'_>) -> V,
    ) -> Result<File, Defect> {
        let links = Links {
            api: self.api,
            output: Output::Markdown,
            here: name,
            listed: None,
        };
        let text = self
            .engine
            .render(&format!("docs/{template}.md"), &view(&links))?;
        Ok(File {
            path: format!("{ROOT}/{name}.md"),
            text,
        })
    }
}

#[derive(Serialize)]
struct Index<'a> {
    title: &'a str,
    about: orientation::Orientation,
    first: Option<orientation::First>,
    has_coverage: bool,
    topics: Vec<service::TopicView>,
    map: Vec<service::TopicView>,
    areas: Vec<area::Area>,
    providers: Vec<inbound::Provider>,
}

#[derive(Serialize)]
struct Authentication {
    intro: Vec<service::TopicView>,
    after: Vec<service::TopicView>,
    connections: Vec<service::Way>,
    methods: Vec<service::Way>,
    scopes: scopes::ScopesView,
}

#[derive(Serialize)]
struct Provider {
    provider: inbound::ProviderView,
}

#[derive(Serialize)]
struct Group {
    group: group::GroupView,
}
