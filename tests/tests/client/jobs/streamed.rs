//! Jobs that are only reported in events: over as many streams as it takes, and within the bound although
//! a stream falls silent.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use bigcommerce_client::{
    Client, RetryPolicy,
    hosting_deployments::{HostingDeploymentEvent, HostingDeploymentStatus},
    job::{JobEnd, JobWait},
};
use bigcommerce_tests::server::{Answer, Server, store, store_with};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use super::QUICK;

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
