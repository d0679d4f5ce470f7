//! The calls that BigCommerce makes to the servers of providers.

use std::collections::BTreeSet;

use super::{Answer, Api, Endpoint, Group, Home, TypeId, gates};
use crate::spec;

/// Who makes the calls of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// A client; BigCommerce returns responses.
    Client,
    /// BigCommerce; the servers of providers return responses.
    BigCommerce,
}

/// The API in the other direction: each group is a provider, and BigCommerce calls its endpoints.
#[derive(Clone, Debug)]
pub struct Inbound {
    /// The providers with their endpoints and types, as groups. Scopes, events and the rest are those of the
    /// endpoints and have no meaning here.
    pub api: Api,
    /// The spec of each provider, in the order of the groups.
    pub providers: Vec<spec::Inbound>,
}

impl Inbound {
    /// The providers, each as a group and as in the spec.
    pub fn providers(&self) -> impl Iterator<Item = (&Group, &spec::Inbound)> {
        self.api.groups.iter().zip(&self.providers)
    }

    /// The types of its calls: those that the providers' files declare, and the shared ones that these and
    /// the calls use.
    #[must_use]
    pub fn types(&self) -> BTreeSet<TypeId> {
        let api = &self.api;
        let types = api.types.iter().enumerate();
        let own = types.filter(|(_, def)| matches!(def.home, Home::Group(_)));
        let mut roots: Vec<TypeId> = own.map(|(at, _)| TypeId(at)).collect();
        for call in &api.endpoints {
            let body = call.body.iter().map(|body| &body.ty);
            let answer = match &call.answer {
                Answer::One(ty) | Answer::Outcome(ty) => Some(ty),
                _ => None,
            };
            let parameters = call.path_parameters.iter().chain(&call.query);
            let parameters = parameters.chain(&call.headers).map(|it| &it.ty);
            for ty in body.chain(answer).chain(parameters) {
                gates::named(ty, &mut roots);
            }
        }
        gates::reach(&api.types, roots)
    }

    /// The spec of the provider of this endpoint.
    #[must_use]
    pub fn provider(&self, endpoint: &Endpoint) -> Option<&spec::Inbound> {
        self.providers.get(endpoint.group.0)
    }
}
