//! Waiting for jobs: when they end and when the waiting does, and what is known then.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bigcommerce_client::{
    CallOptions, Client, Error, ErrorKind, RetryPolicy,
    hosting_deployments::{HostingDeploymentEvent, HostingDeploymentStatus},
    job::{JobEnd, JobWait},
    redirects::RedirectJobStatus,
    themes::ThemeJobStatus,
};
use bigcommerce_tests::server::{Answer, Server, store, store_with};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

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

fn redirects(jobs: &str) -> Answer {
    Answer::json(200, format!(r#"{{"data":[{jobs}],"meta":{{}}}}"#))
}

fn event(status: &str, rest: &str) -> String {
    format!("data: {{\"deployment_status\":\"{status}\"{rest}}}\n\n")
}

fn stream(events: &[String]) -> Answer {
    Answer::text(200, events.concat()).header("content-type", "text/event-stream")
}

/// The wait for a deployment, which is only reported in events.
fn deployment(store: &Client) -> JobWait<HostingDeploymentEvent> {
    store.hosting_deployments().wait_for_deployment("u")
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

#[tokio::test]
async fn a_job_that_is_only_streamed_is_followed_over_as_many_streams_as_it_takes() {
    let step = |percent: u8| {
        let step = format!(r#","event":{{"step":"deploying","progress":{percent}}}"#);
        event("in_progress", &step)
    };
    let answers = [
        stream(&[event("queued", ""), step(10)]),
        stream(&[": still there\n\n".to_owned()]),
        stream(&[step(60)]),
        stream(&[event("completed", ""), event("queued", "")]),
    ];
    let server = Server::script(answers).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let wait = deployment(&store(&server));
    let wait = wait.polling(QUICK, QUICK).on_progress(move |job| {
        let step = job.event.as_ref().and_then(|event| event.progress.as_ref());
        tell.lock().unwrap().push(step.map(ToString::to_string));
    });
    let job = wait.await.unwrap().done().unwrap();
    assert_eq!(
        job.deployment_status,
        Some(HostingDeploymentStatus::Completed)
    );
    let told: Vec<_> = told
        .lock()
        .unwrap()
        .iter()
        .map(|step| step.clone().unwrap_or_default())
        .collect();
    assert_eq!(told, ["", "10", "60", ""]);
    let lines: Vec<_> = server.take().iter().map(|asked| asked.line()).collect();
    let line = "GET /stores/abc123/v3/infrastructure/deployments/u/events";
    assert_eq!(lines, vec![line; 4]);
}

#[tokio::test]
async fn a_streamed_job_that_failed_comes_with_its_error() {
    let answers = [
        Answer::empty(404),
        stream(&[event("failed", r#","error":{"code":30}"#)]),
    ];
    let server = Server::script(answers).await;
    let wait = deployment(&store(&server));
    let end = wait.polling(QUICK, QUICK).await.unwrap();
    let JobEnd::Failed(job) = end else {
        panic!("{end:?}");
    };
    assert!(job.error.is_some());
    let server = Server::start(|_| Answer::empty(404)).await;
    let wait = deployment(&store(&server));
    let end = wait.polling(QUICK, QUICK).await.unwrap();
    assert_eq!(end, JobEnd::Missing(None));
}

#[tokio::test]
async fn a_streamed_job_that_is_not_found_after_an_interruption_is_asked_for_again() {
    let answers = [
        stream(&[event("in_progress", ""), "data: {".to_owned()]),
        Answer::empty(404),
        stream(&[event("completed", "")]),
    ];
    let server = Server::script(answers).await;
    let quick = RetryPolicy::standard().backoff(QUICK, QUICK);
    let client = store_with(&server, |client| client.retry(quick));
    let end = deployment(&client).polling(QUICK, QUICK).await.unwrap();
    assert!(end.done().is_ok());
    assert_eq!(server.take().len(), 3);
}

/// The first connection, after the head of its request: a response that comes before it is none.
async fn asked(listener: &TcpListener) -> TcpStream {
    let (mut connection, _) = listener.accept().await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(connection.read_u8().await.unwrap());
    }
    connection
}

/// A client of a server that sends an event after this time and nothing after it, and the server's task, which
/// ends when the client closes the connection.
async fn silent_after(time: Duration) -> (Client, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let mut connection = asked(&listener).await;
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
        connection.write_all(head.as_bytes()).await.unwrap();
        tokio::time::sleep(time).await;
        let sent = event("in_progress", "");
        connection.write_all(sent.as_bytes()).await.unwrap();
        let _ = connection.read_to_end(&mut Vec::new()).await;
    });
    let client = Client::builder("abc123", "the-token").base_url(url).build();
    (client.unwrap(), server)
}

/// Waits until the client has closed the connection.
async fn closed(server: JoinHandle<()>) {
    let ended = tokio::time::timeout(Duration::from_secs(5), server).await;
    ended.unwrap().unwrap();
}

#[tokio::test]
async fn the_bound_holds_for_streams_that_fall_silent_and_for_those_that_end_again_and_again() {
    let within = Duration::from_millis(300);
    let server = Server::start(|_| stream(&[event("in_progress", "")])).await;
    let wait = deployment(&store(&server));
    let end = wait.polling(QUICK, QUICK).within(within).await.unwrap();
    assert!(matches!(end, JobEnd::Running(Some(_))), "{end:?}");
    assert!(server.take().len() > 1);

    let (client, server) = silent_after(Duration::ZERO).await;
    let began = Instant::now();
    let end = deployment(&client).within(within).await.unwrap();
    assert!(matches!(end, JobEnd::Running(Some(_))), "{end:?}");
    assert!((300..3_000).contains(&began.elapsed().as_millis()));
    closed(server).await;
}

#[tokio::test]
async fn a_streamed_job_is_read_once_even_if_there_is_no_time() {
    let (client, server) = silent_after(Duration::from_millis(100)).await;
    let end = deployment(&client).within(Duration::ZERO).await.unwrap();
    assert!(matches!(end, JobEnd::Running(Some(_))), "{end:?}");
    closed(server).await;
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
