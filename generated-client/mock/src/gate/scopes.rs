//! Whether a token's scopes allow a call, and the sentence that says why.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::Token;
use crate::catalogue::{AlsoNeeds, Endpoint};

/// The decision about a request before it ran. The request log shows it as a sentence.
#[derive(Clone, Debug)]
pub(crate) enum Decision {
    /// No decision was needed.
    Open,
    /// A fault occurred first.
    Undecided,
    /// Its Host or Origin is not of this machine.
    Elsewhere,
    /// The store does not exist.
    NoStore,
    /// The request has no token.
    NoToken,
    /// The store has not issued this token.
    UnknownToken,
    /// No call has this path.
    NoCall(Arc<Token>),
    /// The quota of the store is used up.
    Spent(Arc<Token>),
    /// Too many of these calls are in progress.
    TooMany(Arc<Token>, &'static Endpoint),
    /// The call needs no scope.
    NoScope(Arc<Token>),
    /// The token has this scope.
    Allowed(Arc<Token>, &'static Endpoint, &'static str),
    /// The token has no scope that allows the call.
    Refused(Arc<Token>, &'static Endpoint),
    /// The token has no scope that allows some of the sent values.
    Withheld(Arc<Token>, &'static Endpoint, &'static AlsoNeeds),
}

impl Decision {
    /// Checks a call against the scopes of a token.
    pub(crate) fn on(endpoint: &'static Endpoint, token: &Arc<Token>) -> Self {
        let token = Arc::clone(token);
        if endpoint.scope.is_empty() {
            return Self::NoScope(token);
        }
        let mut opening = std::iter::once(&endpoint.scope).chain(&endpoint.satisfied_by);
        match opening.find(|scope| token.scopes.contains(scope.as_str())) {
            Some(scope) => Self::Allowed(token, endpoint, scope),
            None => Self::Refused(token, endpoint),
        }
    }

    /// Checks the values of a body that need a further scope; `None` if none is lacking. A condition that is not
    /// about the body's own values is not checked.
    pub(crate) fn on_values(
        endpoint: &'static Endpoint,
        token: &Arc<Token>,
        body: &[u8],
    ) -> Option<Self> {
        let is_held = |also: &AlsoNeeds| {
            let mut opening = std::iter::once(&also.scope).chain(&also.satisfied_by);
            opening.any(|scope| token.scopes.contains(scope.as_str()))
        };
        let also = endpoint.also_needs.iter();
        let mut lacking = also.filter(|also| !also.values.is_empty() && !is_held(also));
        let first = lacking.next()?;
        let body: Value = serde_json::from_slice(body).ok()?;
        let mut all = std::iter::once(first).chain(lacking);
        let also = all.find(|also| also.is_met_by(&body))?;
        Some(Self::Withheld(Arc::clone(token), endpoint, also))
    }

    /// The owner of the token.
    pub(crate) fn token(&self) -> Option<&Token> {
        match self {
            Self::Open
            | Self::Undecided
            | Self::Elsewhere
            | Self::NoStore
            | Self::NoToken
            | Self::UnknownToken => None,
            Self::NoCall(token)
            | Self::Spent(token)
            | Self::TooMany(token, _)
            | Self::NoScope(token)
            | Self::Allowed(token, ..)
            | Self::Refused(token, _)
            | Self::Withheld(token, ..) => Some(token),
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("No token is needed here."),
            Self::Undecided => f.write_str("Nothing was decided: the fault came first."),
            Self::Elsewhere => f.write_str("Refused: its Host or Origin is not this store's own."),
            Self::NoStore => f.write_str("Refused: there is no such store here."),
            Self::NoToken => f.write_str("Refused: the request has no token."),
            Self::UnknownToken => f.write_str("Refused: the store knows no such token."),
            Self::NoCall(_) => {
                f.write_str("No scope was checked, because no call has this path and method.")
            }
            Self::Spent(_) => f.write_str("Refused: the store's quota is used up for now."),
            Self::TooMany(_, endpoint) => {
                write!(
                    f,
                    "Refused: too many calls of {} are in progress.",
                    endpoint.id
                )
            }
            Self::NoScope(_) => f.write_str("Allowed: the call needs no scope."),
            Self::Allowed(token, endpoint, has) => {
                let needs = endpoint.scope.as_str();
                write!(f, "Allowed: {} needs {needs}", endpoint.id)?;
                if let Some(other) = &endpoint.or_scope {
                    write!(f, " or {other}")?;
                    return write!(f, ", and the token “{}” has {has}.", token.name);
                }
                if needs == *has {
                    write!(f, ", which the token “{}” has.", token.name)
                } else {
                    write!(f, ", and {has} of the token “{}” includes it.", token.name)
                }
            }
            Self::Withheld(token, endpoint, also) => write!(
                f,
                "Refused: {} also needs {} when {}; the token “{}” has neither it nor one that \
                 includes it.",
                endpoint.id, also.scope, also.when, token.name
            ),
            Self::Refused(token, endpoint) => {
                let needs = endpoint.scope.as_str();
                write!(f, "Refused: {} needs {needs}", endpoint.id)?;
                for other in &endpoint.satisfied_by {
                    write!(f, " or {other}")?;
                }
                if token.scopes.is_empty() {
                    return write!(f, "; the token “{}” has no scope.", token.name);
                }
                write!(
                    f,
                    "; the token “{}” has neither it nor one that includes it.",
                    token.name
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    fn endpoint(id: &str) -> &'static Endpoint {
        let endpoints = &Catalogue::shared().unwrap().endpoints;
        endpoints.iter().find(|known| known.id == id).unwrap()
    }

    fn token(scopes: &[&str]) -> Arc<Token> {
        Arc::new(Token {
            client_id: "client".to_owned(),
            name: "shop".to_owned(),
            scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
            installed: false,
        })
    }

    fn decided(id: &str, scopes: &[&str]) -> Decision {
        Decision::on(endpoint(id), &token(scopes))
    }

    #[test]
    fn a_scope_that_writes_opens_what_only_reads() {
        let decision = decided("products.list", &["store_v2_products"]);
        assert!(matches!(decision, Decision::Allowed(..)));
        let said = decision.to_string();
        assert_eq!(
            said,
            "Allowed: products.list needs store_v2_products_read_only, and store_v2_products of the \
             token “shop” includes it."
        );
    }

    #[test]
    fn a_scope_that_reads_opens_no_write_and_the_sentence_names_what_is_missing() {
        let decision = decided("products.create", &["store_v2_products_read_only"]);
        assert!(matches!(decision, Decision::Refused(..)));
        assert!(
            decision
                .to_string()
                .starts_with("Refused: products.create needs store_v2_products;")
        );
    }

    #[test]
    fn each_of_two_alternative_scopes_is_sufficient_and_the_sentences_name_both() {
        let said = "Allowed: payment_actions.void needs store_v2_orders or store_v2_transactions, and the token \
                    “shop” has";
        for scope in ["store_v2_orders", "store_v2_transactions"] {
            let decision = decided("payment_actions.void", &[scope]);
            assert!(matches!(decision, Decision::Allowed(..)), "{scope}");
            assert_eq!(decision.to_string(), format!("{said} {scope}."));
        }
        let reads = &[
            "store_v2_orders_read_only",
            "store_v2_transactions_read_only",
        ];
        let decision = decided("payment_actions.void", reads);
        assert!(matches!(decision, Decision::Refused(..)));
        assert_eq!(
            decision.to_string(),
            "Refused: payment_actions.void needs store_v2_orders or store_v2_transactions; the token “shop” has \
             neither it nor one that includes it."
        );
        for scope in reads {
            let decision = decided("refunds.list", &[*scope]);
            assert!(matches!(decision, Decision::Allowed(..)), "{scope}");
        }
    }

    #[test]
    fn a_scope_of_another_area_opens_nothing() {
        assert!(matches!(
            decided("orders.list", &["store_v2_products"]),
            Decision::Refused(..)
        ));
    }

    #[test]
    fn values_that_need_a_further_scope_are_refused_without_it_and_the_sentence_says_when() {
        let chat =
            |visibility: &str| format!(r#"{{ "name": "Chat", "visibility": "{visibility}" }}"#);
        let content: &[&str] = &["store_v2_content"];
        let both: &[&str] = &["store_v2_content", "store_content_checkout"];
        for (id, scopes, body, refused) in [
            ("scripts.create", content, chat("checkout"), true),
            ("scripts.create", content, chat("all_pages"), true),
            ("scripts.update", content, chat("checkout"), true),
            (
                "scripts.create",
                content,
                format!("[{}]", chat("checkout")),
                true,
            ),
            ("scripts.create", both, chat("checkout"), false),
            ("scripts.create", content, chat("storefront"), false),
            (
                "scripts.create",
                content,
                r#"{ "name": "checkout" }"#.to_owned(),
                false,
            ),
            (
                "scripts.create",
                content,
                "visibility: checkout".to_owned(),
                false,
            ),
            ("pages.create", content, chat("checkout"), false),
        ] {
            let decision = Decision::on_values(endpoint(id), &token(scopes), body.as_bytes());
            assert_eq!(decision.is_some(), refused, "{id} {scopes:?} {body}");
        }
        let body = chat("checkout");
        let decision =
            Decision::on_values(endpoint("scripts.create"), &token(content), body.as_bytes());
        assert_eq!(
            decision.unwrap().to_string(),
            "Refused: scripts.create also needs store_content_checkout when `visibility` is `all_pages` or \
             `checkout`; the token “shop” has neither it nor one that includes it."
        );
    }
}
