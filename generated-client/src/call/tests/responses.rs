//! How each form of a success is read.

use super::{Server, answer};
use crate::RawJson;
use crate::sample::Brand;

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
        "brands.list succeeded, but its response cannot be read: at data[1]: expected an object, found true"
    );
    let error = server
        .call("brands.list")
        .data::<Brand>()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("its response is empty where there should be one to read"),
        "{error}"
    );
}
