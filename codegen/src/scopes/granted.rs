//! The scopes of a token, including those that the spec does not have.

use crate::{
    diagnostic::suggest,
    model::{Api, Endpoint, ScopeId},
};

/// The scopes that a token was granted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Granted {
    /// Those that the spec has, in its order.
    pub known: Vec<ScopeId>,
    /// The names that it does not have, as received.
    pub unknown: Vec<String>,
}

impl Granted {
    /// Reads names separated by spaces or commas, quoted or not, as in a grant, a list or JSON.
    #[must_use]
    pub fn read(api: &Api, text: &str) -> Self {
        let mut granted = Self::default();
        let apart = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '\'' | '[' | ']');
        for name in text.split(apart).filter(|name| !name.is_empty()) {
            match super::named(api, name) {
                Some(id) if !granted.known.contains(&id) => granted.known.push(id),
                None if !granted.unknown.iter().any(|one| one == name) => {
                    granted.unknown.push(name.to_owned());
                }
                Some(_) | None => {}
            }
        }
        granted.known.sort_unstable();
        granted
    }

    /// Whether one of them allows all that this scope does.
    #[must_use]
    pub fn covers(&self, api: &Api, least: ScopeId) -> bool {
        self.known.iter().any(|held| api.opens(*held, least))
    }

    /// Whether a token with them may make the call.
    #[must_use]
    pub fn allows(&self, api: &Api, endpoint: &Endpoint) -> bool {
        self.known.iter().any(|held| api.allows(*held, endpoint))
    }
}

/// The scope that may have been meant by an unknown name.
pub(super) fn meant<'a>(api: &'a Api, name: &str) -> Option<&'a str> {
    suggest(name, api.scopes.iter().map(|scope| scope.wire.as_str()))
}
