//! A bad network on real sockets: over many calls, nothing that may have happened is sent twice if that
//! would do harm, and nothing takes longer than allowed.

pub mod server;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use bigcommerce_client::{
    CallOptions, Client, Error, ErrorKind,
    brands::{BrandCreate, BrandUpdate},
};
use bigcommerce_tests::{
    choices::cases,
    server::{STORE_HASH, Server, TOKEN},
    time::Fast,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::Semaphore,
    task::JoinSet,
};

use self::server::{Fault, mixed};

/// How long an attempt may take.
const TIMEOUT: Duration = Duration::from_millis(250);
const ATTEMPTS: u32 = 4;
/// The waits of the client are this many times shorter than real ones.
const SPEED: u32 = 50_000;

/// A client for a bad network: default retries, but without a shared limit.
fn store(url: &str) -> Client {
    let long = Duration::from_secs(1_000_000_000);
    let policy = bigcommerce_client::RetryPolicy::standard()
        .attempts(ATTEMPTS)
        .within(long);
    Client::builder(STORE_HASH, TOKEN)
        .base_url(url)
        .timeout(TIMEOUT)
        .max_body(100_000)
        .max_wait(long)
        .retry(policy)
        .retry_budget(u32::MAX / 10)
        .clock(Fast::new(SPEED))
        .build()
        .unwrap()
}

/// The calls; the first kind may not be repeated once it may have happened.
const KINDS: [&str; 4] = ["create", "read", "update", "delete"];

/// Which of the requests got a response, by the contents of the response.
async fn call(store: &Client, kind: &str, options: CallOptions) -> Result<usize, Error> {
    let brands = store.brands();
    let headers = match kind {
        "create" => {
            let create = brands.create(BrandCreate::new("name"));
            let answer = create.with_options(options).send().await?;
            answer.headers().clone()
        }
        "read" => {
            let answer = brands.get(118).with_options(options).send().await?;
            answer.headers().clone()
        }
        "update" => {
            let update = brands.update(118, BrandUpdate::new().name("name"));
            let answer = update.with_options(options).send().await?;
            answer.headers().clone()
        }
        _ => {
            let answer = brands.delete(118).with_options(options).send().await?;
            answer.headers().clone()
        }
    };
    Ok(headers["x-came"].to_str().unwrap().parse().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_ten_thousand_bad_calls_no_create_is_sent_twice_that_may_have_happened() {
    let (seed, calls) = (20_261_123, u64::from(cases(1_000)).max(10_000));
    let body = |_| r#"{"data":{"id":118,"name":"name"},"meta":{}}"#.to_owned();
    let (url, seen) = server::start(seed, body).await;
    let store = store(&url);
    let at_once = Arc::new(Semaphore::new(128));
    let mut running = JoinSet::new();
    for number in 0..calls {
        let (store, at_once) = (store.clone(), Arc::clone(&at_once));
        running.spawn(async move {
            let _place = at_once.acquire().await.unwrap();
            // Half of the calls are creates.
            let kind = KINDS[usize::try_from(mixed(seed + number) % 6)
                .unwrap()
                .saturating_sub(2)];
            let name = format!("{kind}-{number}");
            let options = CallOptions::new().header("X-Call", &name).unwrap();
            let result = call(&store, kind, options).await;
            (name, result)
        });
    }
    let mut results = BTreeMap::new();
    let every = Duration::from_secs(600);
    while let Some(done) = tokio::time::timeout(every, running.join_next())
        .await
        .unwrap()
    {
        let (name, result) = done.unwrap();
        results.insert(name, result);
    }
    assert_eq!(results.len() as u64, calls);

    let seen = seen.lock().unwrap();
    let mut met: BTreeSet<Fault> = BTreeSet::new();
    let (mut kinds, mut worked) = (BTreeSet::new(), 0);
    for (name, result) in &results {
        let came = seen.get(name).map_or(&[][..], Vec::as_slice);
        met.extend(came);
        let before = came.split_last().map_or(came, |(_, before)| before);
        assert!(came.len() <= 4, "seed {seed}: {name} came {came:?}");
        if name.starts_with("create") {
            let harm = before.iter().find(|fault| !fault.refuses());
            assert_eq!(
                harm, None,
                "seed {seed}: {name} may have happened and came again: {came:?}"
            );
        }
        match result {
            Ok(answered) => {
                // On a busy machine an abandoned request may arrive after the one that got its
                // response. A delete does not read the body.
                worked += 1;
                let unread = name.starts_with("delete");
                let fine = came[*answered].is_harmless() || unread;
                assert!(
                    fine,
                    "seed {seed}: {name} succeeded by {answered} of {came:?}"
                );
            }
            Err(error) => {
                assert!(error.kind() != ErrorKind::Busy, "{name}: {error}");
                kinds.insert(format!("{:?}", error.kind()));
                let shown = format!("{error} {error:?}");
                assert!(!shown.contains(TOKEN), "{shown}");
            }
        }
    }
    assert_eq!(met.len(), Fault::ALL.len(), "only these were met: {met:?}");
    let usual = ["Decode", "Status", "Timeout", "TooLarge", "Transport"];
    assert!(worked > 2000, "only {worked} calls succeeded in the end");
    assert!(usual.iter().all(|kind| kinds.contains(*kind)), "{kinds:?}");
}

/// How many pages the list has, and how many items each page has.
const PAGES: i64 = 4;
const SIZE: i64 = 20;

/// A page of a list whose items are numbered from 1.
fn page(number: u64) -> String {
    let number = i64::try_from(number).unwrap();
    let items = (number - 1) * SIZE + 1..=number * SIZE;
    let items: Vec<String> = items
        .map(|id| format!(r#"{{"id":{id},"name":"name"}}"#))
        .collect();
    format!(
        r#"{{"data":[{}],"meta":{{"pagination":{{"total":{},"count":{SIZE},"per_page":{SIZE},"current_page":{number},"total_pages":{PAGES}}}}}}}"#,
        items.join(","),
        PAGES * SIZE,
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_over_bad_pages_loses_no_item_repeats_none_and_ends_at_its_error() {
    let (url, _) = server::start(20_261_127, page).await;
    let store = store(&url);
    let at_once = Arc::new(Semaphore::new(32));
    let mut running = JoinSet::new();
    for number in 0..cases(64).max(800) as usize {
        let (store, at_once) = (store.clone(), Arc::clone(&at_once));
        running.spawn(async move {
            let _place = at_once.acquire().await.unwrap();
            let name = format!("list-{number}");
            let options = CallOptions::new().header("X-Call", &name).unwrap();
            let list = store.brands().list().limit(20).with_options(options);
            let mut items = list.stream().prefetch(number % 4);
            let mut ids = Vec::new();
            let whole = loop {
                match items.try_next().await {
                    Ok(Some(brand)) => ids.push(brand.id),
                    Ok(None) => break true,
                    Err(_) => break false,
                }
            };
            let after = items.try_next().await;
            assert!(matches!(after, Ok(None)), "{name} went on: {after:?}");
            (name, ids, whole)
        });
    }
    let (mut whole_ones, mut broken_behind) = (0, BTreeSet::new());
    let every = Duration::from_secs(600);
    while let Some(done) = tokio::time::timeout(every, running.join_next())
        .await
        .unwrap()
    {
        let (name, ids, whole) = done.unwrap();
        let came = i64::try_from(ids.len()).unwrap();
        assert!(ids.iter().copied().eq(1..=came), "{name} gave {ids:?}");
        if whole {
            assert_eq!(came, PAGES * SIZE, "{name} ended without an error");
            whole_ones += 1;
        } else {
            assert_eq!(came % SIZE, 0, "{name} gave a part of a page");
            broken_behind.insert(came / SIZE);
        }
    }
    assert!(whole_ones > 20, "only {whole_ones} lists came whole");
    let behind: Vec<i64> = broken_behind.into_iter().collect();
    assert_eq!(behind, [0, 1, 2, 3], "lists broke at every page");
}

#[tokio::test]
async fn no_call_takes_longer_than_its_attempts_may() {
    let body = r#"{"data":{"id":118},"meta":{}}"#;
    for delay in ["silence", "slow body"] {
        let server = match delay {
            "silence" => {
                let silent = |_: &_| {
                    bigcommerce_tests::server::Answer::empty(200).after(Duration::from_secs(60))
                };
                Server::start(silent).await
            }
            _ => {
                Server::start(move |_| {
                    bigcommerce_tests::server::Answer::json(200, body).after(TIMEOUT * 3)
                })
                .await
            }
        };
        let store = store(&server.url());
        for (kind, attempts) in [("create", 1), ("read", ATTEMPTS)] {
            let began = Instant::now();
            let error = call(&store, kind, CallOptions::new()).await.unwrap_err();
            let took = began.elapsed();
            assert_eq!(
                (error.kind(), error.attempts()),
                (ErrorKind::Timeout, attempts)
            );
            let bound = TIMEOUT * attempts + Duration::from_secs(2);
            assert!(took <= bound, "{kind} with {delay} took {took:?}");
        }
    }
}

#[tokio::test]
async fn a_refusal_whose_body_stalls_is_what_its_status_says() {
    for (status, kind, attempts, status_kept) in [
        ("401 Unauthorized", ErrorKind::Status, 1, 401),
        ("503 Unavailable", ErrorKind::Status, ATTEMPTS, 503),
        ("200 OK", ErrorKind::Timeout, ATTEMPTS, 200),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 200\r\nX-Id: 7\r\n\r\n{{\"st");
        let stalling = tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = Vec::new();
                while !bytes.ends_with(b"\r\n\r\n") {
                    stream.read_buf(&mut bytes).await.unwrap();
                }
                stream.write_all(answer.as_bytes()).await.unwrap();
                held.push(stream);
            }
        });
        let error = store(&url).brands().get(118).await.unwrap_err();
        stalling.abort();
        assert_eq!(
            (error.kind(), error.attempts()),
            (kind, attempts),
            "{error}"
        );
        assert_eq!(
            error.status().map(|it| it.as_u16()),
            Some(status_kept),
            "{error}"
        );
        assert_eq!(error.headers().unwrap()["x-id"], "7");
        assert_eq!(error.body().unwrap(), "{\"st");
        assert_eq!(error.is_unauthorized(), status_kept == 401);
        assert_eq!(error.may_have_happened(), status_kept != 401);
    }
}

#[tokio::test]
async fn a_hundred_megabytes_out_of_a_small_answer_are_never_unpacked() {
    let bomb = bigcommerce_tests::server::Answer::json(200, vec![b' '; 100_000_000]).gzip();
    let server = Server::start(move |_| bomb.clone()).await;
    let store = Client::builder(STORE_HASH, TOKEN)
        .base_url(server.url())
        .build()
        .unwrap();
    let error = store.brands().list().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::TooLarge, 1));
}
