//! What an endpoint needs from the service: its scope, its events, its rate limit, its pagination and its
//! generation.

use std::collections::HashMap;

use super::{AlsoNeeds, EventId, GenerationId, PageId, RateId, ScopeId, ServerId};
use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics, suggest},
    index::{EndpointAt, Index, NeededScope},
    spec::{Group, Map},
};

pub static UNKNOWN_SCOPE: Code = Code::error(
    "E400",
    "unknown-scope",
    "A scope is an area of scopes.yaml and one of its levels.",
);
pub static UNKNOWN_EVENT: Code = Code::error(
    "E410",
    "unknown-event",
    "An event is one that events.yaml declares.",
);
pub static UNKNOWN_RATE: Code = Code::error(
    "E226",
    "unknown-rate",
    "A rate limit is one that service.yaml explains.",
);
pub static UNKNOWN_GENERATION: Code = Code::error(
    "E227",
    "unknown-generation",
    "A group belongs to a generation that service.yaml explains.",
);
pub static UNKNOWN_PAGE: Code = Code::error(
    "E212",
    "unknown-page",
    "A pagination style is one that service.yaml explains.",
);
pub static UNKNOWN_SERVER: Code = Code::error(
    "E237",
    "unknown-server",
    "A server is one that service.yaml declares, and a nested handle is on the server of its parent.",
);
/// The codes that may be reported here.
pub static CODES: &[&Code] = &[
    &UNKNOWN_SCOPE,
    &UNKNOWN_EVENT,
    &UNKNOWN_RATE,
    &UNKNOWN_GENERATION,
    &UNKNOWN_PAGE,
    &UNKNOWN_SERVER,
];

/// The rate limit of an endpoint that names none.
pub(super) const STANDARD_RATE: &str = "standard";

/// What endpoints may name.
pub(super) struct Needs<'a> {
    cx: &'a Index<'a>,
    scopes: HashMap<(&'a str, &'a str), ScopeId>,
    events: HashMap<&'a str, EventId>,
}

impl<'a> Needs<'a> {
    /// The declarations of the document; scopes and events are in its order.
    pub fn of(cx: &'a Index<'a>) -> Self {
        let document = cx.document;
        let areas = document.scopes.areas.iter();
        let levels = areas.flat_map(|(area, spec)| spec.levels.keys().map(move |key| (area, key)));
        let scopes = levels.enumerate().map(|(at, key)| (key, ScopeId(at)));
        let mut events = HashMap::new();
        for (at, event) in document.events.events.iter().enumerate() {
            events.entry(&*event.scope).or_insert(EventId(at));
        }
        Self {
            cx,
            scopes: scopes.collect(),
            events,
        }
    }

    /// The generation of a group, and the area of its endpoints.
    pub fn generation(
        &self,
        group: &Group,
        at: At<'_>,
        out: &mut Diagnostics,
    ) -> Option<GenerationId> {
        let areas = &self.cx.document.scopes.areas;
        if !areas.contains(&group.scope) && !self.handed_on(group, |it| &it.scope) {
            let message = format!("scopes.yaml has no area `{}`", group.scope);
            out.push(
                Diagnostic::new(&UNKNOWN_SCOPE, at.key("scope").value(), message)
                    .meant(&group.scope, self.cx.candidates(areas.keys())),
            );
        }
        let what = (&UNKNOWN_GENERATION, "generation");
        let known = &self.cx.document.service.generations;
        if !known.contains(&group.version) && self.handed_on(group, |it| &it.version) {
            return None;
        }
        self.explained(known, &group.version, at.key("version"), what, out)
            .map(GenerationId)
    }

    /// Whether a group made from a template takes something from the group that uses it, where a mistake in
    /// it is reported.
    fn handed_on(&self, group: &Group, part: fn(&Group) -> &str) -> bool {
        let made = group.made.as_ref();
        made.is_some_and(|made| {
            let mut groups = self.cx.groups();
            groups.any(|(user, _)| user.group == made.by && part(user) == part(group))
        })
    }

    /// The server of a group; the inner `None` is that of the store.
    pub fn server(
        &self,
        group: &Group,
        at: At<'_>,
        out: &mut Diagnostics,
    ) -> Option<Option<ServerId>> {
        let above = group.under.as_ref().and_then(|name| {
            let mut groups = self.cx.groups();
            groups.find(|(other, _)| other.group == *name)
        });
        if let Some((above, place)) = above.filter(|(it, _)| it.server != group.server) {
            let (said, also) = match group.server {
                Some(_) => (at.key("server"), place.key("group")),
                None => (at.key("under"), place.key("server")),
            };
            let message = format!(
                "`{}` is on another server than its parent `{}`",
                group.group, above.group
            );
            out.push(
                Diagnostic::new(&UNKNOWN_SERVER, said.value(), message)
                    .also(also.value(), "the parent")
                    .why("a nested handle uses the token of its parent")
                    .help("put both on one server, or remove `under` and `handle`"),
            );
            return None;
        }
        let Some(server) = &group.server else {
            return Some(None);
        };
        let known = &self.cx.document.service.servers;
        if let Some(at) = known.position(server) {
            return Some(Some(ServerId(at)));
        }
        out.push(
            Diagnostic::new(
                &UNKNOWN_SERVER,
                at.key("server").value(),
                format!("service.yaml declares no server `{server}`"),
            )
            .meant(server, self.cx.candidates(known.keys())),
        );
        None
    }

    /// The generation of an endpoint, its own or that of its group.
    pub fn generation_of(
        &self,
        endpoint: EndpointAt<'_>,
        out: &mut Diagnostics,
    ) -> Option<GenerationId> {
        let known = &self.cx.document.service.generations;
        let (version, at) = endpoint.version();
        if endpoint.spec.version.is_none() {
            // A mistake in the group's is reported once, at the group.
            return known.position(version).map(GenerationId);
        }
        let what = (&UNKNOWN_GENERATION, "generation");
        self.explained(known, version, at, what, out)
            .map(GenerationId)
    }

    /// The rate limit of an endpoint.
    pub fn rate(&self, endpoint: EndpointAt<'_>, out: &mut Diagnostics) -> Option<RateId> {
        let rates = &self.cx.document.service.rates;
        let Some(rate) = &endpoint.spec.rate else {
            return rates.position(STANDARD_RATE).map(RateId);
        };
        let what = (&UNKNOWN_RATE, "rate limit");
        self.explained(rates, rate, endpoint.at.key("rate"), what, out)
            .map(RateId)
    }

    /// Reports that there is no standard rate limit, if endpoints need it.
    pub fn standard_rate(&self, out: &mut Diagnostics) {
        let mut endpoints = self.cx.endpoints();
        if !self.cx.document.service.rates.contains(STANDARD_RATE)
            && let Some(endpoint) = endpoints.find(|endpoint| endpoint.spec.rate.is_none())
        {
            let message = format!("service.yaml explains no rate limit `{STANDARD_RATE}`");
            let at = At::root("service.yaml").key("rates").name();
            out.push(
                Diagnostic::new(&UNKNOWN_RATE, at, message)
                    .also(endpoint.at.key("id").value(), "has no other rate limit")
                    .help(format!(
                        "explain `{STANDARD_RATE}`, or name a rate limit in every endpoint's `rate:`"
                    )),
            );
        }
    }

    /// How the list of an endpoint is paged; the inner `None` means that it is not a list, or not paged.
    pub fn page(&self, endpoint: EndpointAt<'_>, out: &mut Diagnostics) -> Option<Option<PageId>> {
        let Some(page) = endpoint.spec.page.as_deref().filter(|page| *page != "none") else {
            return Some(None);
        };
        let styles = &self.cx.document.service.pages;
        if let Some(at) = styles.position(page) {
            return Some(Some(PageId(at)));
        }
        out.push(
            Diagnostic::new(
                &UNKNOWN_PAGE,
                endpoint.at.key("page").value(),
                format!("service.yaml explains no pagination style `{page}`"),
            )
            .meant(page, self.cx.candidates(styles.keys().chain(["none"]))),
        );
        None
    }

    /// The position of what service.yaml explains under a name.
    fn explained<V>(
        &self,
        known: &Map<V>,
        name: &str,
        at: At<'_>,
        (code, what): (&'static Code, &str),
        out: &mut Diagnostics,
    ) -> Option<usize> {
        let position = known.position(name);
        if position.is_none() {
            let message = format!("service.yaml explains no {what} `{name}`");
            out.push(
                Diagnostic::new(code, at.value(), message)
                    .meant(name, self.cx.candidates(known.keys())),
            );
        }
        position
    }

    /// The events of an endpoint: the one the guide links to it, and those that it fires.
    pub fn events(
        &self,
        endpoint: EndpointAt<'_>,
        out: &mut Diagnostics,
    ) -> Option<(Option<EventId>, Vec<EventId>)> {
        let spec = endpoint.spec;
        let linked = spec.event.as_deref();
        let linked = linked.map(|scope| self.event(scope, endpoint.at.key("event"), out));
        let at = endpoint.at.key("fires");
        let fires = spec.fires.iter().enumerate();
        let fires: Vec<_> = fires
            .map(|(index, scope)| self.event(scope, at.index(index), out))
            .collect();
        let linked = match linked {
            Some(linked) => Some(linked?),
            None => None,
        };
        Some((linked, fires.into_iter().collect::<Option<_>>()?))
    }

    fn event(&self, scope: &str, at: At<'_>, out: &mut Diagnostics) -> Option<EventId> {
        if let Some(id) = self.events.get(scope) {
            return Some(*id);
        }
        let diagnostic = Diagnostic::new(
            &UNKNOWN_EVENT,
            at.value(),
            format!("events.yaml declares no event `{scope}`"),
        );
        let names = self.cx.document.events.events.iter();
        let names = names.map(|event| event.scope.as_str());
        out.push(match suggest(scope, self.cx.candidates(names)) {
            _ if scope.ends_with('*') => diagnostic
                .why("a wildcard subscribes to events; a call fires individual ones")
                .help("name the event itself"),
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("declare it in events.yaml, or correct the name here"),
        });
        None
    }

    /// The least scope that an endpoint needs.
    pub fn scope(&self, endpoint: EndpointAt<'_>, out: &mut Diagnostics) -> Option<ScopeId> {
        let needed = endpoint.needed_scope();
        if endpoint.spec.scope.is_some() {
            return self.written(&needed, out);
        }
        if let Some(id) = self.scopes.get(&(needed.area, needed.level)) {
            return Some(*id);
        }
        // The group's own area is reported with the group.
        let area = self.cx.document.scopes.areas.get(needed.area)?;
        // If other levels of the area include it, it is reported once, as missing in the area.
        let mut includes = area.levels.iter().flat_map(|(_, scope)| &scope.includes);
        if includes.any(|level| level == needed.level) {
            return None;
        }
        let message = format!(
            "`{}` requires the level `{}`, which the area `{}` does not have",
            endpoint.full_id(),
            needed.level,
            needed.area
        );
        out.push(
            Diagnostic::new(&UNKNOWN_SCOPE, endpoint.at.key("id").value(), message)
                .also(needed.at.value(), "the group's area")
                .help("name the scope in the endpoint, as `scope: area.level`"),
        );
        None
    }

    /// The scope that is sufficient instead; the inner `None` means that there is none.
    pub fn or_scope(
        &self,
        endpoint: EndpointAt<'_>,
        out: &mut Diagnostics,
    ) -> Option<Option<ScopeId>> {
        match endpoint.or_scope() {
            Some(needed) => self.written(&needed, out).map(Some),
            None => Some(None),
        }
    }

    /// The scopes that an endpoint also needs with some values.
    pub fn also(&self, endpoint: EndpointAt<'_>, out: &mut Diagnostics) -> Option<Vec<AlsoNeeds>> {
        let at = endpoint.at.key("also_needs");
        let all = endpoint.spec.also_needs.iter().enumerate();
        let all: Vec<_> = all
            .map(|(index, also)| {
                let at = at.index(index).key("scope");
                Some(AlsoNeeds {
                    scope: self.written(&NeededScope::written(&also.scope, at), out)?,
                    when: also.when.clone(),
                    values: also
                        .values
                        .iter()
                        .map(|(field, values)| (field.to_owned(), values.clone()))
                        .collect(),
                })
            })
            .collect();
        all.into_iter().collect()
    }

    /// A scope that is written as `area.level`.
    fn written(&self, needed: &NeededScope<'_>, out: &mut Diagnostics) -> Option<ScopeId> {
        if let Some(id) = self.scopes.get(&(needed.area, needed.level)) {
            return Some(*id);
        }
        let areas = &self.cx.document.scopes.areas;
        let Some(area) = areas.get(needed.area) else {
            out.push(
                Diagnostic::new(
                    &UNKNOWN_SCOPE,
                    needed.at.part(0..needed.area.len()),
                    format!("scopes.yaml has no area `{}`", needed.area),
                )
                .meant(needed.area, self.cx.candidates(areas.keys())),
            );
            return None;
        };
        out.push(match needed.level_from {
            Some(from) => Diagnostic::new(
                &UNKNOWN_SCOPE,
                needed.at.part(from..from + needed.level.len()),
                format!("the area `{}` has no level `{}`", needed.area, needed.level),
            )
            .meant(needed.level, self.cx.candidates(area.levels.keys())),
            None => Diagnostic::new(
                &UNKNOWN_SCOPE,
                needed.at.value(),
                "the level after the area is missing",
            )
            .help(format!(
                "write `{}.{}`",
                needed.area,
                area.levels.keys().next().unwrap_or("read")
            )),
        });
        None
    }
}
