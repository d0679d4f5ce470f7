//! Limits: rates and plans, pagination, filter operators, and the caps of single endpoints.

use serde::Serialize;

use super::{
    super::text::{capital, prose, sentence, thousands},
    Links, diagrams,
};
use crate::{
    model::{Endpoint, PageId, Spelled},
    spec, words,
};

/// The page of limits.
#[derive(Debug, Serialize)]
pub(in super::super) struct LimitsView {
    pub rates: Vec<RateView>,
    pub request_size: Vec<String>,
    pub pages: Vec<PageView>,
    pub operators: Vec<Operators>,
    /// How many items a request may have.
    pub batches: Vec<Cap>,
    /// How many requests of an endpoint a store accepts at a time.
    pub concurrencies: Vec<Cap>,
}

/// A limit on the rate of calls.
#[derive(Debug, Serialize)]
pub(in super::super) struct RateView {
    pub title: String,
    pub anchor: String,
    pub does: String,
    pub plans: Vec<PlanView>,
    pub headers: Vec<Header>,
    pub notes: Vec<String>,
    /// How the quota is used up and refilled.
    pub course: Option<diagrams::Course>,
}

/// What a plan allows.
#[derive(Debug, Serialize)]
pub(in super::super) struct PlanView {
    pub name: String,
    pub window: String,
    pub per_hour: String,
    pub note: String,
}

/// A header and what it reports.
#[derive(Debug, Serialize)]
pub(in super::super) struct Header {
    pub name: String,
    pub does: String,
}

/// A style of pagination.
#[derive(Debug, Serialize)]
pub(in super::super) struct PageView {
    pub title: String,
    pub anchor: String,
    pub does: String,
    pub endpoints: Vec<String>,
}

/// The filter operators of a generation.
#[derive(Debug, Serialize)]
pub(in super::super) struct Operators {
    pub generation: String,
    pub rows: Vec<Operator>,
}

/// A filter operator.
#[derive(Debug, Serialize)]
pub(in super::super) struct Operator {
    pub spelling: String,
    pub means: String,
}

/// A limit of single endpoints, with the endpoints.
#[derive(Debug, Serialize)]
pub(in super::super) struct Cap {
    pub text: String,
    pub endpoints: Vec<Capped>,
}

/// An endpoint with its own limit.
#[derive(Debug, Serialize)]
pub(in super::super) struct Capped {
    /// Its id, as a link.
    pub link: String,
    pub id: String,
    pub href: String,
    pub method: &'static str,
    pub path: String,
}

/// The page of limits.
pub(in super::super) fn view(links: &Links<'_>) -> LimitsView {
    let api = links.api;
    let words = links.words();
    LimitsView {
        rates: api
            .service
            .rates
            .iter()
            .map(|(name, one)| rate(links, name, one))
            .collect(),
        request_size: super::all_prose(&api.service.request_size),
        pages: api
            .service
            .pages
            .iter()
            .enumerate()
            .map(|(at, (_, one))| style(links, PageId(at), one))
            .collect(),
        operators: api
            .service
            .generations
            .iter()
            .zip(&api.operators)
            .map(|((_, generation), known)| operators(generation, known))
            .collect(),
        batches: caps(
            links,
            |endpoint| endpoint.batch.as_ref(),
            |batch| (batch.max, words.batch(batch)),
        ),
        concurrencies: caps(
            links,
            |endpoint| endpoint.concurrency.as_ref(),
            |limit| (limit.max, words.concurrency(limit)),
        ),
    }
}

fn rate(links: &Links<'_>, name: &str, rate: &spec::Rate) -> RateView {
    RateView {
        title: prose(&rate.title),
        anchor: links.anchor(&rate.title),
        does: prose(&rate.does),
        plans: rate.plans.iter().map(plan).collect(),
        headers: rate
            .headers
            .iter()
            .map(|(name, does)| Header {
                name: name.to_owned(),
                does: prose(does),
            })
            .collect(),
        notes: super::all_prose(&rate.notes),
        course: diagrams::course(links, rate, name),
    }
}

fn plan(plan: &spec::Plan) -> PlanView {
    PlanView {
        name: prose(&plan.name),
        window: match (plan.requests, plan.window_seconds) {
            (Some(requests), Some(1)) => format!("{} per second", thousands(requests)),
            (Some(requests), Some(seconds)) => {
                format!("{} per {seconds} seconds", thousands(requests))
            }
            _ => "–".to_owned(),
        },
        per_hour: plan.per_hour.map_or_else(|| "–".to_owned(), thousands),
        note: plan.note.as_deref().map(prose).unwrap_or_default(),
    }
}

fn style(links: &Links<'_>, id: PageId, style: &spec::PageStyle) -> PageView {
    PageView {
        title: prose(&style.title),
        anchor: links.anchor(&style.title),
        does: prose(&style.does),
        endpoints: links
            .api
            .endpoints
            .iter()
            .filter(|endpoint| endpoint.page == Some(id))
            .map(|endpoint| links.endpoint(endpoint))
            .collect(),
    }
}

fn operators(generation: &spec::Generation, known: &[Spelled]) -> Operators {
    let rows = known.iter().map(|one| Operator {
        spelling: one.on("field"),
        means: words::operator(one.operator, one.lists),
    });
    Operators {
        generation: generation.title.clone(),
        rows: rows.collect(),
    }
}

/// The limits of endpoints of one kind, the lowest first, each once.
fn caps<'a, L: PartialEq + 'a>(
    links: &Links<'a>,
    of: impl Fn(&'a Endpoint) -> Option<&'a L>,
    told: impl Fn(&L) -> (u32, String),
) -> Vec<Cap> {
    let api = links.api;
    let mut limits: Vec<(&L, Vec<Capped>)> = Vec::new();
    for endpoint in &api.endpoints {
        let Some(limit) = of(endpoint) else {
            continue;
        };
        let capped = Capped {
            link: links.endpoint(endpoint),
            id: endpoint.id.clone(),
            href: links.to(&api.group(endpoint.group).name, &endpoint.id),
            method: endpoint.method.as_str(),
            path: endpoint.path.clone(),
        };
        match limits.iter_mut().find(|(other, _)| *other == limit) {
            Some((_, endpoints)) => endpoints.push(capped),
            None => limits.push((limit, vec![capped])),
        }
    }
    let caps = limits.into_iter().map(|(limit, endpoints)| {
        let (max, text) = told(limit);
        let text = sentence(&capital(&text));
        (max, Cap { text, endpoints })
    });
    let mut caps: Vec<(u32, Cap)> = caps.collect();
    caps.sort_by_key(|(max, _)| *max);
    caps.into_iter().map(|(_, cap)| cap).collect()
}
