//! Waiting for jobs: when they end and when the waiting does, and what is known then.

mod polled;
mod streamed;

use std::time::Duration;

use bigcommerce_client::{CallOptions, ErrorKind};
use bigcommerce_tests::server::{Answer, Server, store};

const QUICK: Duration = Duration::from_millis(10);

fn theme(status: &str, percent: u8) -> Answer {
    let errors = match status {
        "FAILED" => r#"[{"error":"invalid","message":"no config.json"}]"#,
        _ => "[]",
    };
    let job = format!(
        r#"{{"data":{{"id":"7","status":"{status}","percent_complete":{percent},"errors":{errors}}},"meta":{{}}}}"#
    );
    Answer::json(200, job)
}

#[tokio::test]
async fn dropping_the_future_ends_the_waiting() {
    let server = Server::start(|_| theme("WORKING", 40)).await;
    let wait = store(&server)
        .themes()
        .wait_for_job("7")
        .polling(QUICK, QUICK);
    let stopped = tokio::time::timeout(Duration::from_millis(100), wait.into_future()).await;
    assert!(stopped.is_err());
    let asked = server.asked().len();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(server.asked().len() <= asked + 1);
    // It passes the gate like any call.
    let options = CallOptions::new().max_wait(Duration::ZERO);
    let nothing = store(&server).under(bigcommerce_client::policy::Policy::new());
    let error = nothing
        .themes()
        .wait_for_job("7")
        .with_options(options)
        .await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Denied);
}

#[test]
fn code_that_is_not_async_waits_for_a_job_as_well() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let answers = [theme("WORKING", 40), theme("COMPLETED", 100)];
    let server = runtime.block_on(Server::script(answers));
    let wait = store(&server).themes().wait_for_job("7");
    assert!(
        wait.polling(QUICK, QUICK)
            .blocking()
            .unwrap()
            .done()
            .is_ok()
    );
}
