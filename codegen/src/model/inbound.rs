//! The calls that BigCommerce makes to the servers of providers.

use super::{Api, Endpoint, Group};
use crate::spec;

/// Who makes the calls of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// A client; BigCommerce returns responses.
    Client,
    /// BigCommerce; the servers of providers return responses.
    BigCommerce,
}

/// The API from the other side: each group is a provider, and BigCommerce calls its endpoints.
#[derive(Clone, Debug)]
pub struct Inbound {
    /// The providers with their endpoints and types, as groups. Scopes, events and the rest are those of
    /// our own calls and mean nothing here.
    pub api: Api,
    /// What the spec says of each provider, in the order of the groups.
    pub providers: Vec<spec::Inbound>,
}

impl Inbound {
    /// The providers, each as a group and as the spec has it.
    pub fn providers(&self) -> impl Iterator<Item = (&Group, &spec::Inbound)> {
        self.api.groups.iter().zip(&self.providers)
    }

    /// What the spec says of the provider whose endpoint this is.
    #[must_use]
    pub fn provider(&self, endpoint: &Endpoint) -> Option<&spec::Inbound> {
        self.providers.get(endpoint.group.0)
    }
}
