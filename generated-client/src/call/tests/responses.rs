//! How each form of a success is decoded.

use super::{Server, answer};
use crate::RawJson;
use crate::json::tests::Brand;

#[tokio::test]
async fn every_finisher_reads_its_answer() {
    let partial = r#"{"data":[{"id":1}],"errors":[{"status":422,"title":"Bad"}],"meta":{"total":2,"success":1,"failed":1}}"#;
    let failed =
        r#"{"errors":{"status":422,"title":"Bad"},"meta":{"total":1,"success":0,"failed":1}}"#;
    let server = Server::new(&[
        &answer(200, r#"{"id":5}"#),
        &answer(207, partial),
        &answer(207, failed),
        &answer(200, r#"{"data":[{"id":1}],"errors":[],"meta":[]}"#),
        &answer(200, "\u{feff} {\"count\":3} "),
        &answer(204, ""),
        &answer(202, r#"{"meta":{"total":3,"success":2,"failed":1}}"#),
        &answer(204, ""),
        &answer(200, "this is not read"),
        &answer(200, r#"{"data":{},"meta":{}}"#),
        &answer(200, r#"{"data":{},"meta":{}}"#),
    ])
    .await;
    let call = || server.call("brands.list");

    assert_eq!(call().data::<Brand>().await.unwrap().value().id, 5);

    let outcome = call().outcome::<Vec<Brand>>().await.unwrap();
    assert_eq!(outcome.status(), 207);
    let outcome = outcome.into_value();
    assert_eq!((outcome.len(), outcome.is_complete()), (1, false));
    assert_eq!(outcome.problems()[0].title.as_deref(), Some("Bad"));
    let outcome = call().outcome::<Vec<Brand>>().await.unwrap().into_value();
    assert!(outcome.is_empty() && outcome.problems().len() == 1);
    assert!(
        call()
            .outcome::<Vec<Brand>>()
            .await
            .unwrap()
            .value()
            .is_complete()
    );

    assert_eq!(
        call().flat::<RawJson>().await.unwrap().value().get(),
        r#"{"count":3}"#
    );
    assert!(
        call()
            .flat::<Vec<Brand>>()
            .await
            .unwrap()
            .value()
            .is_empty()
    );

    let counts = call().counts().await.unwrap().into_value();
    assert_eq!(
        (counts.total(), counts.success(), counts.failed()),
        (Some(3), Some(2), Some(1))
    );
    assert!(!counts.is_complete());
    assert_eq!(call().counts().await.unwrap().value().total(), None);

    call().nothing().await.unwrap();
    call().nothing().await.unwrap();
    assert!(
        call()
            .data::<Vec<Brand>>()
            .await
            .unwrap()
            .value()
            .is_empty()
    );
}

#[tokio::test]
async fn what_may_come_without_a_body_is_there_or_not_and_never_half() {
    let server = Server::new(&[
        &answer(200, r#"{"data":{"id":1,"name":"Acme"},"meta":{}}"#),
        &answer(204, ""),
        &answer(200, r#"{"meta":{}}"#),
    ])
    .await;
    let call = || server.call("brands.list").maybe::<Brand>();
    assert_eq!(call().await.unwrap().value().as_ref().unwrap().id, 1);
    assert!(call().await.unwrap().value().is_none());
    assert!(call().await.unwrap_err().is_decode());
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_an_error_with_its_body_and_place() {
    let server = Server::new(&[
        &answer(200, r#"{"data":[{"id":1},true]}"#),
        &answer(204, ""),
    ])
    .await;
    let error = server
        .call("brands.list")
        .page::<Brand>()
        .await
        .unwrap_err();
    assert!(error.is_decode() && error.body().unwrap().starts_with(b"{"));
    assert_eq!(error.decode_error().unwrap().path(), "data[1]");
    assert_eq!(
        error.to_string(),
        "brands.list succeeded, but its response cannot be decoded: at data[1]: expected an \
         object, found true"
    );
    let error = server
        .call("brands.list")
        .data::<Brand>()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("its response is unexpectedly empty"),
        "{error}"
    );
}

#[tokio::test]
async fn an_error_is_one_whatever_its_status() {
    let refused = answer(
        200,
        r#"{"status":422,"title":"Bad","errors":{"name":"is taken"}}"#,
    );
    let errors = answer(
        200,
        r#"{"errors":[{"status":404,"title":"No such brand"}]}"#,
    );
    let answers = [&refused, &refused, &errors, &errors, &refused];
    let answers = answers.into_iter().chain([&refused, &refused]);
    let server = Server::new(&answers.map(String::as_str).collect::<Vec<_>>()).await;
    let call = || server.call("brands.list");
    let says = |error: &crate::Error, says: &str| {
        assert!(error.is_decode() && error.may_have_happened(), "{error}");
        assert_eq!(error.to_string(), says);
    };

    let error = call().data::<Brand>().await.unwrap_err();
    let bad = "brands.list returned 200 OK, but its response is an error (Bad; `name` is taken)";
    says(&error, bad);
    assert_eq!(error.problem().unwrap().fields[0].field, "name");
    says(&call().counts().await.unwrap_err(), bad);

    let gone = "brands.list returned 200 OK, but its response is an error (No such brand)";
    says(&call().page::<Brand>().await.unwrap_err(), gone);
    says(&call().data::<Vec<Brand>>().await.unwrap_err(), gone);
    says(&call().maybe::<Brand>().await.unwrap_err(), bad);

    // It is not a success for a type that accepts any JSON either.
    says(&call().data::<RawJson>().await.unwrap_err(), bad);
    says(&call().flat::<RawJson>().await.unwrap_err(), bad);
}

#[tokio::test]
async fn what_fails_beside_the_items_of_a_batch_is_no_success() {
    let body = r#"{"data":[{"id":1}],"errors":[{"status":422,"title":"Bad"}],"meta":{}}"#;
    let server = Server::new(&[&answer(200, body)]).await;
    let outcome = server.call("brands.list").each::<Brand>().await.unwrap();
    let outcome = outcome.into_value();
    assert!(outcome.len() == 1 && !outcome.is_complete());
}

#[tokio::test]
async fn a_page_of_somebody_on_the_way_is_no_success_of_a_call_that_returns_nothing() {
    let page = answer(200, " <html><title>Log in to the network</title></html>");
    let refused = answer(200, r#"{"status":404,"title":"No such brand"}"#);
    let server = Server::new(&[&page, &page, &refused]).await;
    let call = || server.call("brands.delete").path("brand_id", 7_i64);
    let said = "brands.delete succeeded, but its response cannot be decoded: it came with 200 \
        OK, and is not JSON: Log in to the network";
    let error = call().nothing().await.unwrap_err();
    assert!(error.is_decode() && error.may_have_happened(), "{error}");
    assert_eq!(error.to_string(), said);
    assert!(call().each_untold().await.is_err());
    let error = call().nothing().await.unwrap_err();
    let said = "brands.delete returned 200 OK, but its response is an error (No such brand)";
    assert_eq!(error.to_string(), said);
}
