//! How the client behaves towards an unreliable server: each file of `tests/data/behaviour` has the
//! responses to a call and the expected result.

mod calls;
mod case;

use std::{collections::BTreeMap, time::Duration};

use bigcommerce_client::{
    Client, ClientBuilder, Endpoint, Error, Problem, RetryPolicy, quota::Quota,
    transport::TransportError,
};
use bigcommerce_tests::server::{STORE_HASH, Server, TOKEN, nobody};
use bigcommerce_tests::time::{Hurry, Told};
use serde_json::{Value, json};

use self::{
    calls::{Came, make},
    case::{Case, Expected, Retry, cases},
};

#[tokio::test]
async fn every_answer_has_the_consequence_that_its_case_says() {
    let mut found = Vec::new();
    for (name, case) in cases() {
        if let Err(difference) = judge(&case).await {
            found.push(format!("{name} ({}): {difference}", case.does));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_call_that_is_not_known_to_be_safe_to_retry_is_not_repeatable() {
    let unknown = |it: &&Endpoint| it.facts().repeat_unknown;
    let unknown: Vec<_> = Endpoint::ALL.iter().filter(unknown).collect();
    assert!(unknown.contains(&&Endpoint::SitesCreate));
    assert!(unknown.iter().all(|it| !it.facts().repeatable));
}

/// Runs a case.
async fn judge(case: &Case) -> Result<(), String> {
    let elsewhere = Server::script([]).await;
    let answers = case
        .exchanges
        .iter()
        .map(|exchange| exchange.answer.make(&elsewhere.url()));
    let server = Server::script(answers).await;
    let url = if case.client.nobody_listens {
        nobody()
    } else {
        server.url()
    };
    let clock = Hurry::new(case.client.chance.unwrap_or(1.0));
    let told = Told::default();
    let mut builder = Client::builder(STORE_HASH, TOKEN)
        .base_url(url)
        .clock(clock.clone())
        .observer(told.clone());
    let policy = case.client.retry.as_ref().map(Retry::policy);
    builder = builder.retry(policy.unwrap_or_else(RetryPolicy::never));
    if let Some(repetitions) = case.client.retry_budget {
        builder = builder.retry_budget(repetitions);
    }
    if let Some(millis) = case.client.max_wait_ms {
        builder = builder.max_wait(Duration::from_millis(millis));
    }
    if let Some(millis) = case.client.max_hold_ms {
        builder = builder.quota(Quota::new().max_hold(Duration::from_millis(millis)));
    }
    if let Some(millis) = case.client.timeout_ms {
        builder = builder.timeout(Duration::from_millis(millis));
    }
    if let Some(bytes) = case.client.max_body {
        builder = builder.max_body(bytes);
    }
    let store = builder.build().unwrap();

    let came = make(&store, &case.call).await;
    for (asked, exchange) in server.asked().iter().zip(&case.exchanges) {
        for (name, value) in &exchange.headers {
            same(name, &asked.header(name), &Some(value.as_str()))?;
        }
    }
    let lines: Vec<String> = server.asked().iter().map(|asked| asked.line()).collect();
    let expected: Vec<String> = case
        .exchanges
        .iter()
        .map(|exchange| exchange.request.clone())
        .collect();
    same("requests", &lines, &expected)?;
    same("requests elsewhere", &elsewhere.asked().len(), &0)?;
    let mut result = shown(&came);
    result.insert("waits_ms", json!(clock.waits_ms()));
    same("result", &result, &case.expect.shown())?;
    if let Some(expected) = &case.expect.told {
        same("told", &told.lines(), expected)?;
    }
    if let Some(attempts) = case.expect.attempts {
        let made = came.error.as_ref().map(Error::attempts);
        same("attempts", &made, &Some(attempts))?;
    }
    if case.expect.may_have_happened.is_some() {
        let may = came.error.as_ref().map(Error::may_have_happened);
        same("may have happened", &may, &case.expect.may_have_happened)?;
    }
    says(&came, &case.expect)?;
    let shown = format!("{store:?} {:?} {} {told:?}", came.error, came.value);
    let said = came
        .error
        .as_ref()
        .map(Error::to_string)
        .unwrap_or_default();
    same(
        "shows the token",
        &format!("{shown} {said}").contains(TOKEN),
        &false,
    )?;
    match &came.error {
        Some(error) => kept(error, case),
        None => Ok(()),
    }
}

/// Everything that a case specifies about a result.
fn shown(came: &Came) -> BTreeMap<&'static str, Value> {
    let error = came.error.as_ref();
    let status = error.and_then(|error| error.status().map(|status| status.as_u16()));
    let problems = error.map_or(&*came.problems, Error::problems);
    BTreeMap::from([
        ("ids", json!(came.ids)),
        ("pages", json!(came.pages)),
        ("status", json!(status.or(came.status))),
        ("complete", json!(came.complete)),
        (
            "kind",
            json!(error.map(|error| format!("{:?}", error.kind()))),
        ),
        ("is", json!(error.map(predicates).unwrap_or_default())),
        ("problems", problems.iter().map(problem).collect()),
        (
            "scope",
            json!(
                error
                    .and_then(Error::missing_scope)
                    .map(|scope| scope.as_str())
            ),
        ),
    ])
}

fn predicates(error: &Error) -> Vec<&'static str> {
    let all = [
        ("timeout", error.is_timeout()),
        ("connect", error.is_connect()),
        ("unauthorized", error.is_unauthorized()),
        ("missing scope", error.is_missing_scope()),
        ("not found", error.is_not_found()),
        ("conflict", error.is_conflict()),
        ("too large", error.is_too_large()),
        ("validation", error.is_validation()),
        ("rate limited", error.is_rate_limited()),
        ("server error", error.is_server_error()),
        ("decode", error.is_decode()),
        ("retryable", error.is_retryable()),
    ];
    all.into_iter()
        .filter(|(_, holds)| *holds)
        .map(|(name, _)| name)
        .collect()
}

/// A problem without its empty fields.
fn problem(problem: &Problem) -> Value {
    let texts = [
        ("status", &problem.status),
        ("title", &problem.title),
        ("detail", &problem.detail),
        ("type", &problem.r#type),
        ("code", &problem.code),
    ];
    let mut shown = serde_json::Map::new();
    for (name, text) in texts {
        if let Some(text) = text {
            shown.insert(name.to_owned(), json!(text));
        }
    }
    if !problem.about.is_empty() {
        shown.insert("about".to_owned(), problem.about.iter().cloned().collect());
    }
    if !problem.fields.is_empty() {
        let fields = problem
            .fields
            .iter()
            .map(|refused| json!([refused.field, refused.message]));
        shown.insert("fields".to_owned(), fields.collect());
    }
    Value::Object(shown)
}

fn says(came: &Came, expected: &Expected) -> Result<(), String> {
    let said = match &came.error {
        Some(error) => error.to_string(),
        None => came.value.clone(),
    };
    match expected
        .says
        .iter()
        .find(|part| !said.contains(part.as_str()))
    {
        Some(part) => Err(format!("{said:?} does not contain {part:?}")),
        None => Ok(()),
    }
}

/// Whether an error contains the complete response that caused it, up to the body limit.
fn kept(error: &Error, case: &Case) -> Result<(), String> {
    same(
        "endpoint",
        &error.endpoint().map(|endpoint| endpoint.id()),
        &Some(&case.call.endpoint),
    )?;
    let answered = error.status().is_some();
    same("body is kept", &error.body().is_some(), &answered)?;
    let (Some(last), Some(body)) = (case.exchanges.last(), error.body()) else {
        return Ok(());
    };
    let mut sent = last.answer.body().into_bytes();
    sent.truncate(case.client.max_body.unwrap_or(usize::MAX));
    let broken = error.causes().any(|cause| cause.is::<TransportError>());
    // If the body could not be read to the end, it is the received part.
    let part = if broken {
        &sent[..body.len()]
    } else {
        &sent[..]
    };
    same("body", &&body[..], &part)?;
    for (name, value) in last
        .answer
        .headers
        .iter()
        // After decompression, the header is gone.
        .filter(|(_, value)| !value.contains('{') && *value != "gzip")
    {
        let there = error
            .headers()
            .and_then(|headers| headers.get(name)?.to_str().ok());
        same(name, &there, &Some(value.as_str()))?;
    }
    Ok(())
}

fn same<A, B>(what: &str, is: &A, expected: &B) -> Result<(), String>
where
    A: PartialEq<B> + std::fmt::Debug,
    B: std::fmt::Debug,
{
    if is == expected {
        Ok(())
    } else {
        Err(format!("{what}: {is:?}, expected {expected:?}"))
    }
}

#[test]
fn nothing_that_a_user_can_print_shows_the_token() {
    let builder = Client::builder(STORE_HASH, TOKEN);
    let mut shown = format!("{builder:?}");
    let store = builder.base_url(nobody()).build().unwrap();
    shown += &format!(
        "{store:?} {:?} {:?}",
        store.brands(),
        store.brands().list().name("a")
    );
    shown += &format!("{:?}", store.carts().delete("9b0d7f6e"));
    assert!(!shown.contains(TOKEN), "{shown}");
}

#[tokio::test]
async fn a_page_that_failed_can_be_asked_for_again() {
    let page = |id: i64, page: i64| {
        let pagination = json!({"per_page": 1, "current_page": page, "total_pages": 2});
        let body = json!({"data": [{"id": id}], "meta": {"pagination": pagination}});
        bigcommerce_tests::server::Answer::json(200, body.to_string())
    };
    let busy = bigcommerce_tests::server::Answer::empty(503);
    let server = Server::script([page(1, 1), busy, page(2, 2)]).await;
    let once = |builder: ClientBuilder| builder.retry(RetryPolicy::never());
    let store = bigcommerce_tests::server::store_with(&server, once);
    let first = store.brands().list().limit(1).await.unwrap();
    assert!(first.next_page().await.unwrap_err().is_server_error());
    let second = first.next_page().await.unwrap().unwrap();
    assert_eq!(second[0].id, 2);
    assert!(second.next_page().await.unwrap().is_none());
    assert_eq!(server.asked()[1].line(), server.asked()[2].line());
}
