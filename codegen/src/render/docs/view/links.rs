//! Link targets in the docs: the page and the anchor of every endpoint, type, scope and event, for either of
//! the two outputs.

use serde::Serialize;

use super::super::text;
pub(in super::super) use crate::docs_pages as page;
use crate::{
    model::{Api, Endpoint, Group, Home, Scope, ScopeId, TypeId},
    words::{Dialect, Target, Words},
};

/// Which of the two outputs a view is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Output {
    /// The Markdown reference.
    Markdown,
    /// The HTML site.
    Site,
}

/// Makes links relative to one page.
#[derive(Clone, Copy)]
pub(in super::super) struct Links<'a> {
    pub api: &'a Api,
    pub output: Output,
    /// The page with the links.
    pub here: &'a str,
    /// The page that lists it, if there are many of its kind.
    pub listed: Option<&'static str>,
}

/// A scope of an endpoint.
#[derive(Clone, Debug, Serialize)]
pub(in super::super) struct ScopeLink {
    pub wire: String,
    /// `Products: modify`
    pub panel: String,
    pub href: String,
}

impl Dialect for Links<'_> {
    fn prose(&self, text: &str) -> String {
        text::prose(text)
    }

    fn link(&self, target: Target, shown: String) -> String {
        let api = self.api;
        let href = match target {
            Target::Scope(id) => self.scope_href(api.scope(id)),
            Target::Event(id) => self.to(page::EVENTS, &api.event(id).scope),
            Target::Generation(id) => self.to(page::VERSIONS, &api.generation(id).1.title),
            Target::Rate(id) => self.to(page::LIMITS, &api.rate(id).1.title),
            Target::Pages(id) => self.to(page::LIMITS, &api.page_style(id).1.title),
            Target::Errors => self.file(page::ERRORS),
        };
        format!("[{shown}]({href})")
    }

    fn type_name(&self, ty: TypeId) -> Option<String> {
        let name = self.api.ty(ty).heading();
        Some(format!("[{name}]({})", self.schema(ty)))
    }
}

impl Links<'_> {
    /// A link to a scope.
    pub fn scope_link(&self, id: ScopeId) -> ScopeLink {
        let scope = self.api.scope(id);
        ScopeLink {
            wire: scope.wire.clone(),
            panel: self.api.panel(id),
            href: self.scope_href(scope),
        }
    }

    /// The words for the page with the links.
    pub fn words(&self) -> Words<'_> {
        Words::new(self.api, self)
    }

    /// The file of a page.
    pub fn file(&self, page: &str) -> String {
        match self.output {
            Output::Markdown => format!("{page}.md"),
            Output::Site => format!("{page}.html"),
        }
    }

    /// The address of an anchor.
    pub fn to(&self, page: &str, anchor: &str) -> String {
        let anchor = self.anchor(anchor);
        if page == self.here {
            return format!("#{anchor}");
        }
        format!("{}#{anchor}", self.file(page))
    }

    /// The form of an anchor: the host derives it from the heading in Markdown, so only the site can keep it
    /// as it is.
    pub fn anchor(&self, name: &str) -> String {
        match self.output {
            Output::Site if !name.contains(' ') => name.to_owned(),
            _ => text::slug(name),
        }
    }

    /// A link to an endpoint, by its id.
    pub fn endpoint(&self, endpoint: &Endpoint) -> String {
        let page = &self.api.group(endpoint.group).name;
        format!("[`{}`]({})", endpoint.id, self.to(page, &endpoint.id))
    }

    /// A link to a call that BigCommerce makes, by its id.
    pub fn inbound(&self, id: &str) -> String {
        let page = id.split('.').next().unwrap_or(id);
        format!("[`{id}`]({})", self.to(page, id))
    }

    /// A link to a scope.
    pub fn scope(&self, scope: &Scope) -> String {
        format!("[`{}`]({})", scope.wire, self.scope_href(scope))
    }

    /// The address of a scope.
    pub fn scope_href(&self, scope: &Scope) -> String {
        match self.output {
            Output::Markdown => self.to(page::AUTHENTICATION, &self.api.areas[scope.area].label),
            Output::Site => self.file(&page::scope(&scope.wire)),
        }
    }

    /// A link to a file of a source. In Markdown the URL is at the end of the page, where [`Self::sources`]
    /// puts it.
    pub fn source(&self, file: &str, url: Option<&str>) -> String {
        match (self.output, url) {
            (_, None) => format!("`{file}`"),
            (Output::Markdown, Some(_)) => format!("[`{file}`]"),
            (Output::Site, Some(url)) => format!("[`{file}`]({url})"),
        }
    }

    /// The URLs at the end of a group's page.
    pub fn sources(&self, group: &Group) -> Vec<String> {
        let own = std::iter::once((&group.source, &group.source_url));
        let all = self
            .api
            .endpoints_of(group)
            .iter()
            .map(|one| (&one.source, &one.source_url));
        let mut lines: Vec<String> = own
            .chain(all)
            .filter_map(|(file, url)| Some(format!("[`{file}`]: {}", url.as_ref()?)))
            .collect();
        lines.sort();
        lines.dedup();
        lines
    }

    /// The address of a type's schema.
    pub fn schema(&self, id: TypeId) -> String {
        let def = self.api.ty(id);
        let page = match def.home {
            Home::Group(group) => &self.api.group(group).name,
            Home::Events => page::EVENTS,
            // Shared schemas are written out wherever they are used.
            Home::Shared => self.here,
        };
        self.to(page, def.heading())
    }
}
