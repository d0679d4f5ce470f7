//! Every call of the client against the mock store over real HTTP. Both sides are validated against the
//! schemas of the catalogue: what the client sends, and what the store returns; and the client has to
//! understand each response, including errors.

mod filters;
mod front;
mod furnish;
mod people;
mod record;
mod refusals;
mod shop;
mod till;
mod way;

use std::sync::LazyLock;

use bigcommerce_client::Endpoint;
use bigcommerce_tests::{
    Sent,
    generated::calls::{CHOICES, full, plain},
    judge::Judge,
    rows::{self, Row},
};
use serde_json::Value;

use self::{shop::Shop, way::Exchange};

/// Every endpoint.
fn rows() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(rows::rows);
    &ROWS
}

/// Which of the two calls of an endpoint to make.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Which {
    Plain,
    /// Of mutually exclusive parameters, the one at this position.
    Full(usize),
}

/// Makes a call of an endpoint; all of its requests are one exchange.
async fn call(shop: &Shop, row: &Row, which: Which) -> (Sent, Exchange) {
    let endpoint = Endpoint::from_id(&row.id).unwrap();
    let sent = match which {
        Which::Plain => plain(&shop.client, endpoint).await,
        Which::Full(choice) => full(&shop.client, endpoint, choice).await,
    };
    let mut seen = shop.way.take();
    let sent = sent.unwrap();
    assert_eq!(seen.len(), 1, "{}: {sent:?}", row.id);
    (sent, seen.remove(0))
}

/// What is wrong with a call that should succeed.
fn wrong(judge: &Judge, row: &Row, sent: &Sent, seen: &Exchange) -> Option<String> {
    let (method, target) = (&seen.asking.method, &seen.asking.target);
    let answer = String::from_utf8_lossy(&seen.answer);
    let shown = format!(
        "{method} {target} {}\n  returned {} {answer:.1200}",
        String::from_utf8_lossy(&seen.asking.body),
        seen.status
    );
    // Only the store validates a form.
    let sent_well = match seen.asking.is_form() {
        true => Ok(()),
        false => judge.request(method, target, &seen.asking.body),
    };
    if let Err(reason) = sent_well {
        return Some(format!("{shown}\n  the client sends: {reason}"));
    }
    if !(200..300).contains(&seen.status) {
        return Some(format!("{shown}\n  is no success"));
    }
    let body: Option<Value> = if answer.is_empty() || row.stream.is_some() {
        None
    } else {
        match serde_json::from_str(&answer) {
            Ok(body) => Some(body),
            Err(error) => return Some(format!("{shown}\n  is no JSON: {error}")),
        }
    };
    if let Err(reason) = judge.answer(method, target, seen.status, body.as_ref()) {
        return Some(format!("{shown}\n  the store responds: {reason}"));
    }
    let reason = sent.error.as_ref()?;
    Some(format!("{shown}\n  the client reads: {reason}"))
}

/// Fails with everything that was found, if anything.
fn nothing_of(found: &[String]) {
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

/// Makes a call of every endpoint; each write has its own store.
async fn every_call(which: Which, judge: &Judge, strict: bool) {
    let mut found = Vec::new();
    let file = std::env::var_os(record::FILE);
    let furnished = Shop::with(strict).await;
    let reading = furnished.copy().await;
    for row in rows() {
        let shop = match row.method.as_str() {
            "GET" => reading.clone(),
            _ => furnished.copy().await,
        };
        shop.fit(row).await;
        let (sent, seen) = call(&shop, row, which).await;
        if let Some(file) = &file {
            record::record(file, row, which, &seen.built);
        }
        if let Some(reason) = wrong(judge, row, &sent, &seen) {
            found.push(format!("{} {which:?}: {reason}", row.id));
        }
    }
    nothing_of(&found);
}

#[tokio::test]
async fn every_call_with_what_it_needs_is_sent_answered_and_read_as_the_catalogue_says() {
    every_call(Which::Plain, &Judge::read(), false).await;
}

#[tokio::test]
async fn every_call_with_every_parameter_is_sent_answered_and_read_as_the_catalogue_says() {
    let judge = Judge::read();
    for choice in 0..CHOICES {
        every_call(Which::Full(choice), &judge, false).await;
    }
}

#[tokio::test]
async fn a_strict_store_answers_no_field_that_the_catalogue_does_not_have() {
    let judge = Judge::closed();
    every_call(Which::Plain, &judge, true).await;
    every_call(Which::Full(0), &judge, true).await;
}
