//! Scopes of which a call needs only one: a client accepts either, and names both if neither is granted.

use bigcommerce_client::{
    Client, Endpoint as Call, Scope,
    scopes::{self as sets, ScopeSet},
};

use super::scopes::refused;

#[test]
fn either_of_two_alternative_scopes_allows_a_call_and_both_are_facts_of_it() {
    let facts = Call::RefundsCreate.facts();
    let both = (Scope::OrdersModify, Some(Scope::TransactionsModify));
    assert_eq!((facts.scope, facts.or_scope), both);
    assert_eq!(Call::RefundsGet.facts().or_scope, None);
    for (scope, allowed) in [
        (Scope::OrdersModify, true),
        (Scope::TransactionsModify, true),
        (Scope::TransactionsRead, false),
        (Scope::ProductsModify, false),
    ] {
        let set = ScopeSet::of([scope]);
        assert_eq!(set.allows(Call::RefundsCreate), allowed, "{scope}");
        let missing = set.missing([Call::RefundsCreate]);
        assert_eq!(missing.is_empty(), allowed, "{scope}");
    }
    const READS: ScopeSet = sets::required([Call::RefundsList, Call::TransactionsList]);
    assert_eq!(READS.to_string(), "store_v2_transactions_read_only");
}

#[tokio::test]
async fn a_call_without_either_of_its_alternative_scopes_is_not_sent_and_the_message_has_both() {
    let void = async |store: &Client| {
        let actions = store.orders().payment_actions(118);
        actions.void().await.unwrap_err()
    };
    let says = "the scope `store_v2_orders` (Orders: modify) or `store_v2_transactions` (Order Transactions: modify)";
    for (scopes, sent, ends) in [
        (
            "store_v2_transactions",
            1,
            "the granted scopes include one of them, so the token may be a different one or the store may have reached a limit",
        ),
        (
            "store_v2_transactions_read_only",
            0,
            "the granted `store_v2_transactions_read_only` (Order Transactions: read-only) is not sufficient",
        ),
        (
            "store_v2_content",
            0,
            "none of the granted scopes covers either of them",
        ),
    ] {
        let (error, asked) = refused(scopes, void).await;
        assert_eq!(asked, sent, "{scopes}");
        let text = error.to_string();
        assert!(text.ends_with(&format!("{says}; {ends}")), "{text}");
        assert_eq!(error.missing_scope(), Some(Scope::OrdersModify));
    }
}
