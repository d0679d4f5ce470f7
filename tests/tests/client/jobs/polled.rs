//! Jobs that are read until they end: alone or in a list, and when a call fails meanwhile.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bigcommerce_client::{
    Client, Error, ErrorKind, RetryPolicy, job::JobEnd, redirects::RedirectJobStatus,
    themes::ThemeJobStatus,
};
use bigcommerce_tests::server::{Answer, Server, store, store_with};

use super::{QUICK, theme};

fn redirects(jobs: &str) -> Answer {
    Answer::json(200, format!(r#"{{"data":[{jobs}],"meta":{{}}}}"#))
}

/// Waits for a theme's job with short pauses.
async fn waited(store: &Client) -> JobEnd<bigcommerce_client::themes::ThemeJob> {
    let wait = store.themes().wait_for_job("7").polling(QUICK, QUICK);
    wait.await.unwrap()
}

#[tokio::test]
async fn a_job_is_read_until_it_is_done_and_each_state_is_told() {
    let server = Server::script([
        theme("QUEUED", 0),
        theme("WORKING", 40),
        theme("SOMETHING_NEW", 90),
        theme("COMPLETED", 100),
    ])
    .await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let wait = store(&server).themes().wait_for_job("7");
    let wait = wait.polling(QUICK, QUICK).on_progress(move |job| {
        let percent = job.percent_complete.as_ref().map(ToString::to_string);
        tell.lock().unwrap().push(percent.unwrap());
    });
    let job = wait.await.unwrap().done().unwrap();
    assert_eq!(job.status, Some(ThemeJobStatus::Completed));
    assert_eq!(*told.lock().unwrap(), ["0", "40", "90", "100"]);
    let lines: Vec<_> = server.take().iter().map(|asked| asked.line()).collect();
    assert_eq!(lines, vec!["GET /stores/abc123/v3/themes/jobs/7"; 4]);
}

#[tokio::test]
async fn a_job_that_failed_comes_with_its_errors() {
    let server = Server::script([theme("WORKING", 40), theme("FAILED", 40)]).await;
    let end = waited(&store(&server)).await;
    let JobEnd::Failed(job) = &end else {
        panic!("{end:?}");
    };
    assert_eq!(job.errors[0].message.as_deref(), Some("no config.json"));
    assert!(end.done().is_err());
}

#[tokio::test]
async fn a_job_that_is_not_done_ends_a_function() {
    async fn status(store: &Client) -> Result<Option<ThemeJobStatus>, Error> {
        let wait = store.themes().wait_for_job("7").polling(QUICK, QUICK);
        Ok(wait.within(QUICK * 5).await?.done()?.status)
    }

    for (given, says) in [
        ("COMPLETED", None),
        ("FAILED", Some("the job failed")),
        (
            "WORKING",
            Some("the job did not end in time; it may still end"),
        ),
    ] {
        let server = Server::start(move |_| theme(given, 40)).await;
        let error = status(&store(&server)).await.err();
        let told = error.as_ref().map(ToString::to_string);
        assert_eq!(told.as_deref(), says, "{given}");
        if let Some(error) = error {
            assert_eq!(error.kind(), ErrorKind::Job);
            assert!(error.may_have_happened() && !error.is_retryable());
        }
    }
}

#[tokio::test]
async fn a_job_of_a_list_is_chosen_by_its_id() {
    let (working, done) = (
        r#"{"id":"u","status":"working","completed_items":3}"#,
        r#"{"id":"u","status":"aborted","failed_items":2}"#,
    );
    // A job that was just started may not be listed yet, and others may be listed despite the filter.
    let other = r#"{"id":"v","status":"complete"},{"status":"complete"}"#;
    let beside = format!("{other},{working}");
    let answers = [
        redirects(""),
        redirects(other),
        redirects(&beside),
        redirects(done),
    ];
    let server = Server::script(answers).await;
    let wait = store(&server).redirects().wait_for_job("u");
    let end = wait.polling(QUICK, QUICK).await.unwrap();
    let JobEnd::Failed(job) = end else {
        panic!("{end:?}");
    };
    assert_eq!(job.status, Some(RedirectJobStatus::Aborted));
    let asked = server.take();
    let line = "GET /stores/abc123/v3/storefront/redirects/imex/jobs?id=u&limit=250";
    assert!(asked.iter().all(|asked| asked.line() == line), "{asked:?}");
    assert_eq!(asked.len(), 4);
}

#[tokio::test]
async fn a_job_of_a_list_is_found_on_a_later_page() {
    let page = |page: i64, job: &str| {
        let pagination = format!(r#"{{"total":3,"total_pages":3,"current_page":{page}}}"#);
        let body = format!(r#"{{"data":[{job}],"meta":{{"pagination":{pagination}}}}}"#);
        Answer::json(200, body)
    };
    let answers = [
        page(1, r#"{"id":"v","status":"complete"}"#),
        page(2, r#"{"id":"u","status":"complete","completed_items":3}"#),
    ];
    let server = Server::script(answers).await;
    let job = store(&server).redirects().wait_for_job("u").await.unwrap();
    assert_eq!(job.done().unwrap().id.as_deref(), Some("u"));
    let asked = server.take();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked[1].line().ends_with("page=2"), "{asked:?}");
}

#[tokio::test]
async fn a_list_of_jobs_that_hardly_ends_is_read_no_longer_than_the_limit() {
    let server = Server::start(|asked| {
        let line = asked.line();
        let page = line.rsplit_once("page=").map_or("1", |(_, page)| page);
        let pagination = format!(r#"{{"total_pages":1000000,"current_page":{page}}}"#);
        let job = format!(r#"{{"id":"job-{page}","status":"complete"}}"#);
        let body = format!(r#"{{"data":[{job}],"meta":{{"pagination":{pagination}}}}}"#);
        Answer::json(200, body)
    })
    .await;
    let wait = store(&server).redirects().wait_for_job("u");
    let wait = wait.within(Duration::from_millis(200)).into_future();
    let end = tokio::time::timeout(Duration::from_secs(20), wait).await;
    assert_eq!(end.unwrap().unwrap(), JobEnd::Running(None));
}

#[tokio::test]
async fn an_id_that_the_api_spells_in_other_letters_is_the_same() {
    let done = r#"{"id":"9B0D7F6E-2C1A-4F64-A1D5-3F0A7C2E8B11","status":"complete"}"#;
    let server = Server::script([redirects(done)]).await;
    let job = "9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11";
    let wait = store(&server).redirects().wait_for_job(job);
    assert!(wait.await.unwrap().done().is_ok());
}

#[tokio::test]
async fn a_job_that_outlasts_the_limit_is_returned_as_it_is_and_read_less_and_less_often() {
    let server = Server::start(|_| theme("WORKING", 40)).await;
    let wait = store(&server).themes().wait_for_job("7");
    let wait = wait.polling(Duration::from_millis(50), Duration::from_millis(200));
    let began = Instant::now();
    let end = wait.within(Duration::from_millis(500)).await.unwrap();
    let took = began.elapsed();
    assert!(matches!(&end, JobEnd::Running(Some(job)) if job.id.as_deref() == Some("7")));
    assert!((500..2_000).contains(&took.as_millis()), "{took:?}");
    // At 0, 50, 150, 350 and at the end.
    let asked = server.take().len();
    assert!((3..=5).contains(&asked), "{asked}");
}

#[tokio::test]
async fn a_job_that_is_not_found_now_and_then_is_asked_for_again_and_one_that_never_is_is_missing()
{
    let script = [
        theme("WORKING", 1),
        Answer::empty(404),
        theme("COMPLETED", 100),
    ];
    let server = Server::script(script).await;
    assert!(waited(&store(&server)).await.done().is_ok());
    let server = Server::start(|_| Answer::empty(404)).await;
    assert_eq!(waited(&store(&server)).await, JobEnd::Missing(None));
    assert_eq!(server.take().len(), 5);
}

#[tokio::test]
async fn a_failing_call_ends_the_waiting_unless_it_may_be_retried() {
    let script = [Answer::empty(503), theme("COMPLETED", 100)];
    let server = Server::script(script).await;
    let quick = RetryPolicy::standard().backoff(QUICK, QUICK);
    let client = store_with(&server, |client| client.retry(quick));
    assert!(waited(&client).await.done().is_ok());
    let server = Server::start(|_| Answer::empty(403)).await;
    let error = store(&server).themes().wait_for_job("7").await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 403);
    assert_eq!(server.take().len(), 1);
}

#[tokio::test]
async fn a_quota_that_is_not_free_within_the_bound_loses_nothing() {
    for policy in [RetryPolicy::standard(), RetryPolicy::never()] {
        let asked = AtomicUsize::new(0);
        let server = Server::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
            0 => theme("WORKING", 40),
            _ => Answer::empty(429).header("X-Rate-Limit-Time-Reset-Ms", "60000"),
        })
        .await;
        let began = Instant::now();
        let store = store_with(&server, |client| client.retry(policy));
        let wait = store.themes().wait_for_job("7").polling(QUICK, QUICK);
        let end = wait.within(Duration::from_millis(300)).await.unwrap();
        assert!(matches!(end, JobEnd::Running(Some(_))), "{end:?}");
        assert!(began.elapsed() < Duration::from_secs(5));
        assert_eq!(server.take().len(), 2);
    }
}
