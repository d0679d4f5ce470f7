//! The facts of an endpoint: what it needs, causes and allows, its request and its response.

use super::{
    Target, Words,
    client::inherited,
    either,
    grammar::code_list,
    retry::{retried, undivided},
};
use crate::{
    model::{
        All, Answer, Api, Body, Caller, Endpoint, EventId, Inherits, Job, PageId, ServerId, Ty,
    },
    spec::{self, Envelope},
};

/// The statuses of an endpoint with the usual success statuses.
const USUAL: [u16; 1] = [200];

/// A fact of an endpoint.
#[derive(Clone, Copy)]
pub(crate) enum Fact<'a> {
    /// Method and path.
    Endpoint,
    /// Its server, and how to authenticate there.
    Server(ServerId),
    /// The resource it reads or changes.
    ActsOn,
    /// Whether it reads or writes.
    Access,
    /// How it moves or commits money.
    Money(spec::Money),
    /// The least scope that it needs.
    Scope,
    /// The generation of the API.
    Version,
    /// The webhook events that it fires. A read fires none, which needs no mention.
    Events,
    /// The body of a request.
    Request(&'a Body),
    /// A form as the body of a request.
    Form,
    /// Why the body of an update has the whole record.
    Whole(&'a str),
    /// The body of a response.
    Response,
    /// How a list is paged.
    Pagination(PageId),
    /// The rate limit that counts it, if that is not the standard one.
    RateLimit,
    /// How many items a request may have.
    Batch(&'a spec::Batch),
    /// The client's call for any number of items.
    Bulk(&'a All),
    /// The client's call that waits for a job.
    Job(&'a Job),
    /// Where fields that are null or missing get their values.
    Inheritance(&'a Inherits),
    /// How many of its requests may run at a time.
    Concurrency(&'a spec::Concurrency),
    NeedsFilter,
    /// Query parameters of which it accepts at most one, by their positions.
    Exclusive(&'a [usize]),
    /// Whether it is retried after an unknown outcome.
    Retry,
    /// The success statuses, if they are not the usual one.
    Success,
    /// The error statuses that are declared.
    Errors,
    /// The error bodies of its group that differ from the usual one.
    ErrorBodies,
}

/// The facts of an endpoint, in the order in which they are shown. Facts of nearly all endpoints are in
/// [`Words::usual`].
pub(crate) fn facts<'a>(api: &Api, endpoint: &'a Endpoint) -> Vec<Fact<'a>> {
    let body = endpoint.body.as_ref();
    let mut facts = vec![Fact::Endpoint];
    facts.extend(endpoint.server.map(Fact::Server));
    facts.extend([Fact::ActsOn, Fact::Access]);
    facts.extend(endpoint.money.map(Fact::Money));
    facts.extend([Fact::Scope, Fact::Version]);
    let may_fire = endpoint.writes || !endpoint.fires.is_empty();
    facts.extend(may_fire.then_some(Fact::Events));
    facts.extend(body.map(Fact::Request));
    facts.extend((!endpoint.form.is_empty()).then_some(Fact::Form));
    facts.extend(endpoint.whole.as_deref().map(Fact::Whole));
    facts.push(Fact::Response);
    facts.extend(endpoint.page.map(Fact::Pagination));
    let own_rate = api.standard_rate() != Some(endpoint.rate);
    facts.extend(own_rate.then_some(Fact::RateLimit));
    facts.extend(endpoint.batch.as_ref().map(Fact::Batch));
    facts.extend(endpoint.all.as_ref().map(Fact::Bulk));
    facts.extend(endpoint.job.as_ref().map(Fact::Job));
    facts.extend(endpoint.inherits.as_ref().map(Fact::Inheritance));
    facts.extend(endpoint.concurrency.as_ref().map(Fact::Concurrency));
    facts.extend(endpoint.needs_filter.then_some(Fact::NeedsFilter));
    facts.extend(endpoint.at_most_one_of.iter().map(|it| Fact::Exclusive(it)));
    facts.push(Fact::Retry);
    facts.extend((endpoint.success != USUAL).then_some(Fact::Success));
    facts.extend((!endpoint.errors.is_empty()).then_some(Fact::Errors));
    let own_bodies = !api.group(endpoint.group).refusals.is_empty();
    facts.extend(own_bodies.then_some(Fact::ErrorBodies));
    facts
}

impl Fact<'_> {
    /// The label before it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Endpoint => "Endpoint",
            Self::Server(_) => "Server",
            Self::ActsOn => "Acts on",
            Self::Access => "Access",
            Self::Money(_) => "Money",
            Self::Scope => "Scope",
            Self::Version => "API version",
            Self::Events => "Webhook events",
            Self::Request(_) | Self::Form => "Request body",
            Self::Whole(_) => "Fields left out",
            Self::Response => "Response",
            Self::Pagination(_) => "Pagination",
            Self::RateLimit => "Rate limit",
            Self::Batch(_) => "Batch size",
            Self::Bulk(_) => "Bulk call",
            Self::Job(_) => "Job",
            Self::Inheritance(_) => "Null or missing",
            Self::Concurrency(_) => "Concurrency",
            Self::NeedsFilter => "Filters",
            Self::Exclusive(_) => "At most one of",
            Self::Retry => "Retry",
            Self::Success => "Success",
            Self::Errors => "Errors",
            Self::ErrorBodies => "Error bodies",
        }
    }
}

/// How a call moves or commits money.
const fn money(money: spec::Money) -> &'static str {
    match money {
        spec::Money::Charge => "charges the shopper",
        spec::Money::Capture => "captures an authorized payment",
        spec::Money::Void => "voids an authorized payment",
        spec::Money::Refund => "refunds the shopper",
        spec::Money::Order => "creates an order that can be paid",
    }
}

/// The same in a word or two.
pub(crate) const fn money_in_short(money: spec::Money) -> &'static str {
    match money {
        spec::Money::Charge => "charges",
        spec::Money::Capture => "captures",
        spec::Money::Void => "voids",
        spec::Money::Refund => "refunds",
        spec::Money::Order => "creates an order",
    }
}

impl Words<'_> {
    /// A fact of `endpoint`.
    pub(crate) fn fact(&self, endpoint: &Endpoint, fact: Fact<'_>) -> String {
        match fact {
            Fact::Endpoint => format!("`{} {}`", endpoint.method, endpoint.path),
            Fact::Server(id) => {
                let server = self.api.service.servers.at(id.0).1;
                let header = server.auth();
                format!(
                    "`{}`, with a token of its own in `{header}`",
                    server.base_url
                )
            }
            Fact::ActsOn => self.prose(&endpoint.acts_on),
            Fact::Access if endpoint.writes => "write".to_owned(),
            Fact::Access => "read".to_owned(),
            Fact::Money(money) => self::money(money).to_owned(),
            Fact::Scope => self.scope(endpoint),
            Fact::Version => {
                let generation = self.api.generation(endpoint.generation).1;
                let target = Target::Generation(endpoint.generation);
                self.dialect.link(target, generation.title.clone())
            }
            Fact::Events => self.events(endpoint),
            Fact::Request(body) => self.request(body),
            Fact::Form => "form (`multipart/form-data`)".to_owned(),
            Fact::Whole(why) => {
                self.with_note("may be lost; send the whole record".to_owned(), Some(why))
            }
            Fact::Response => self.response(endpoint),
            Fact::Pagination(style) => self.pagination(endpoint, style),
            Fact::RateLimit => {
                let title = self.prose(&self.api.rate(endpoint.rate).1.title);
                self.dialect.link(Target::Rate(endpoint.rate), title)
            }
            Fact::Batch(batch) => self.batch(batch),
            Fact::Bulk(all) => {
                let sent = self.sent_in_bulk(endpoint, all);
                let name = &all.name;
                let text = format!(
                    "`{name}` accepts any number of items, {sent}, and reports the result of each"
                );
                self.with_note(text, undivided(endpoint, all).as_deref())
            }
            Fact::Job(job) => {
                format!("`{}` waits for it: {}", job.name, self.job_ends(job))
            }
            Fact::Inheritance(inherits) => inherited(inherits),
            Fact::Concurrency(limit) => self.concurrency(limit),
            Fact::NeedsFilter => {
                let text =
                    "at least one is required; the call applies to every item that they match";
                match endpoint.doubtful().as_slice() {
                    [] => text.to_owned(),
                    doubtful => format!("{text}. {} alone is not sufficient.", code_list(doubtful)),
                }
            }
            Fact::Exclusive(set) => code_list(endpoint.sent(set)),
            Fact::Retry => {
                let text = retried(&endpoint.repeat);
                let why = endpoint.repeat_why.as_ref();
                let why = why.or(endpoint.reads_why.as_ref());
                self.with_note(text, why.map(String::as_str))
            }
            Fact::Success => self.statuses(&endpoint.success),
            Fact::Errors => self.statuses(&endpoint.errors),
            Fact::ErrorBodies => self.error_bodies(endpoint),
        }
    }

    /// The events of an endpoint, and whether there are any.
    fn events(&self, endpoint: &Endpoint) -> String {
        let event = |id: &EventId| {
            let scope = format!("`{}`", self.api.event(*id).scope);
            self.dialect.link(Target::Event(*id), scope)
        };
        let fires: Vec<_> = endpoint.fires.iter().map(event).collect();
        match fires.as_slice() {
            [] => "none".to_owned(),
            fires => fires.join(", "),
        }
    }

    /// The event that a source lists with an endpoint although it does not fire it.
    pub(crate) fn listed_event(&self, endpoint: &Endpoint) -> Option<String> {
        let id = endpoint.event.filter(|id| !endpoint.fires.contains(id))?;
        let scope = format!("`{}`", self.api.event(id).scope);
        let event = self.dialect.link(Target::Event(id), scope);
        Some(format!(
            "Related event: {event}, which this endpoint does not fire."
        ))
    }

    fn scope(&self, endpoint: &Endpoint) -> String {
        let linked = |id| {
            let wire = format!("`{}`", self.api.scope(id).wire);
            self.dialect.link(Target::Scope(id), wire)
        };
        let labelled = |id| {
            let scope = self.api.scope(id);
            let (area, level) = (&self.api.areas[scope.area].label, &scope.level);
            format!(
                "{} ({}, {})",
                linked(id),
                self.prose(area),
                self.prose(level)
            )
        };
        let or = endpoint.or_scope.map(labelled);
        let mut text = either(&labelled(endpoint.scope), or.as_deref());
        let leasts = [Some(endpoint.scope), endpoint.or_scope];
        let others = self.api.enough(endpoint);
        let others = others.filter(|id| !leasts.contains(&Some(*id))).map(linked);
        let others = others.collect::<Vec<_>>().join(", ");
        if !others.is_empty() {
            text += &format!("; also granted by {others}");
        }
        for also in &endpoint.also_needs {
            let when = self.prose(&also.when);
            text += &format!("; when {when}, {} is needed as well", linked(also.scope));
        }
        text
    }

    fn pagination(&self, endpoint: &Endpoint, style: PageId) -> String {
        let title = self.prose(&self.api.page_style(style).1.title);
        let text = self.dialect.link(Target::Pages(style), title);
        match &endpoint.limit {
            Some(limit) => {
                let text = format!("{text}; page size: {}", self.page_size(limit));
                self.with_note(text, limit.note.as_deref())
            }
            None => text,
        }
    }

    /// The facts of every endpoint that states no others.
    pub(crate) fn usual(&self) -> String {
        let success = self.statuses(&USUAL);
        let standard = self.api.standard_rate();
        let standard = standard.filter(|_| self.api.caller == Caller::Client);
        match standard {
            Some(rate) => {
                let standard = self
                    .dialect
                    .link(Target::Rate(rate), "standard one".to_owned());
                format!(
                    "Unless an endpoint says otherwise, its success status is {success}, and its \
                     rate limit is the {standard}."
                )
            }
            None => format!("Unless a call says otherwise, its success status is {success}."),
        }
    }

    fn statuses(&self, statuses: &[u16]) -> String {
        let named = statuses
            .iter()
            .map(|status| match self.api.status(*status) {
                Some(known) => format!("{status} {}", self.prose(&known.name)),
                None => status.to_string(),
            });
        named.collect::<Vec<_>>().join(", ")
    }

    /// The statuses that an endpoint declares, and that there are others.
    pub(crate) fn errors_and_others(&self, endpoint: &Endpoint) -> String {
        let others = self
            .dialect
            .link(Target::Errors, "common errors".to_owned());
        let declared = self.statuses(&endpoint.errors);
        format!("{declared}; any call can return the {others} as well")
    }

    fn request(&self, body: &Body) -> String {
        let ty = self.ty(&body.ty);
        match body.optional {
            true => format!("{ty}; optional"),
            false => ty,
        }
    }

    fn response(&self, endpoint: &Endpoint) -> String {
        let wrapped = match endpoint.envelope {
            Envelope::DataMeta => ", in `data`, next to `meta`",
            Envelope::Meta => ", in `meta`",
            Envelope::Flat => ", without an envelope",
            Envelope::None => "",
        };
        match &endpoint.answer {
            Answer::Nothing => "no content".to_owned(),
            Answer::File => match &endpoint.media_type {
                Some(media_type) => format!("file (`{media_type}`)"),
                None => "file".to_owned(),
            },
            Answer::Events(None) => "stream of events (`text/event-stream`)".to_owned(),
            Answer::Events(Some(data)) => format!(
                "stream of events (`text/event-stream`), whose data is JSON: {}",
                self.ty(data)
            ),
            Answer::Counts => format!("counts of the batch{wrapped}"),
            Answer::Page(item) => format!("page: array of {}{wrapped}", self.plural(item)),
            Answer::One(Ty::Nullable(ty)) => format!("{}{wrapped}; or no content", self.ty(ty)),
            Answer::One(ty) => self.ty(ty) + wrapped,
            Answer::Outcome(ty) => {
                format!(
                    "{}{wrapped}; on partial success, with the errors",
                    self.ty(ty)
                )
            }
        }
    }
}
