//! The access tokens that a store has issued.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

/// What the store knows about an access token; its secret is not included, so that nothing can show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// The API account that it belongs to.
    pub(crate) client_id: String,
    /// Its display name.
    pub(crate) name: String,
    /// Its scopes, including unknown ones.
    pub(crate) scopes: BTreeSet<String>,
    /// Whether an app received it when it was installed.
    pub(crate) installed: bool,
}

/// The tokens of a store, by their secret.
#[derive(Default)]
pub(crate) struct Tokens(RwLock<HashMap<String, Arc<Token>>>);

impl Tokens {
    /// Issues a token. One with the same secret is replaced.
    pub(crate) fn add(&self, secret: String, token: Token) {
        let mut tokens = self.0.write().unwrap_or_else(PoisonError::into_inner);
        tokens.insert(secret, Arc::new(token));
    }

    /// Revokes a token, and returns whether it existed.
    pub(crate) fn revoke(&self, secret: &str) -> bool {
        let mut tokens = self.0.write().unwrap_or_else(PoisonError::into_inner);
        tokens.remove(secret).is_some()
    }

    /// Revokes the tokens of an installed app.
    pub(crate) fn revoke_installed(&self, client_id: &str) {
        let mut tokens = self.0.write().unwrap_or_else(PoisonError::into_inner);
        tokens.retain(|_, token| !(token.installed && token.client_id == client_id));
    }

    /// The owner of a token.
    pub(crate) fn find(&self, secret: &str) -> Option<Arc<Token>> {
        let tokens = self.0.read().unwrap_or_else(PoisonError::into_inner);
        tokens.get(secret).map(Arc::clone)
    }

    /// A copy of the tokens; both can change independently.
    pub(crate) fn copy(&self) -> Self {
        let tokens = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Self(RwLock::new(tokens.clone()))
    }

    /// All of them without their secrets, sorted by name.
    pub(crate) fn all(&self) -> Vec<Arc<Token>> {
        let tokens = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<_> = tokens.values().map(Arc::clone).collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_was_taken_back_is_known_no_more() {
        let tokens = Tokens::default();
        let token = Token {
            client_id: "client".to_owned(),
            name: "shop".to_owned(),
            scopes: BTreeSet::new(),
            installed: false,
        };
        tokens.add("secret".to_owned(), token.clone());
        assert_eq!(tokens.find("secret").as_deref(), Some(&token));
        assert!(tokens.revoke("secret"));
        assert!(!tokens.revoke("secret"));
        assert_eq!(tokens.find("secret"), None);
    }
}
