//! One quota for several processes, stored in a real Redis server. Each client here has its own quota,
//! as a process would, and they only share Redis.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant, SystemTime},
};

use bigcommerce_client::{
    Client, ErrorKind, RetryPolicy,
    quota::{Quota, RedisQuota},
};
use bigcommerce_tests::{
    redis::Redis,
    server::{Answer, STORE_HASH, Server, store_with},
    time::Told,
    windows::Windows,
};
use tokio::task::JoinSet;

/// A client as another process would have it.
fn process(server: &Server, redis: &str, told: &Told) -> Client {
    let shared = RedisQuota::new(redis, STORE_HASH).unwrap();
    store_with(server, |builder| {
        let builder = builder
            .quota(Quota::shared(shared))
            .retry(RetryPolicy::never());
        builder.observer(told.clone())
    })
}

/// Lists brands this many times concurrently, across all of the clients.
async fn list_at_once(stores: &[Client], times: usize) {
    let mut calls = JoinSet::new();
    for store in stores.iter().cycle().take(times) {
        let list = store.brands().list();
        calls.spawn(async move { list.await.map(|_| ()) });
    }
    while let Some(call) = calls.join_next().await {
        call.unwrap().unwrap();
    }
}

#[tokio::test]
async fn processes_that_call_at_once_do_not_overspend_the_window() {
    let Some(redis) = Redis::start() else { return };
    let windows = Windows::new(20, Duration::from_millis(500));
    let server = windows.serve().await;
    let told = Told::default();
    let stores: Vec<Client> = (0..3)
        .map(|_| process(&server, &redis.url(), &told))
        .collect();
    list_at_once(&stores, 70).await;
    assert_eq!(windows.refused(), 0);
    assert_eq!(server.asked().len(), 70);
    assert!(
        !told.lines().contains(&"something new".to_owned()),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_refusal_of_one_process_holds_up_the_others() {
    let Some(redis) = Redis::start() else { return };
    let refuse = |_: &_| Answer::empty(429).header("x-retry-after", "30");
    let server = Server::start(refuse).await;
    let told = Told::default();
    let first = process(&server, &redis.url(), &told);
    assert!(first.brands().list().await.unwrap_err().is_rate_limited());

    let second = store_with(&server, |builder| {
        let shared = RedisQuota::new(redis.url(), STORE_HASH).unwrap();
        builder
            .quota(Quota::shared(shared))
            .max_wait(Duration::from_secs(5))
    });
    let error = second.brands().list().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Busy, 0));
    let wait = error.wait().unwrap();
    assert!(
        wait > Duration::from_secs(25) && wait < Duration::from_secs(31),
        "{wait:?}"
    );

    // Another store is not affected.
    let shared = RedisQuota::new(redis.url(), "xyz789").unwrap();
    let other = Client::builder("xyz789", "token").base_url(server.url());
    let other = other
        .quota(Quota::shared(shared))
        .retry(RetryPolicy::never());
    let error = other.build().unwrap().brands().list().await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn at_the_end_of_a_pause_one_call_goes_ahead_of_all_processes() {
    let Some(redis) = Redis::start() else { return };
    let arrivals = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&arrivals);
    let server = Server::start(move |_| {
        let mut seen = seen.lock().unwrap();
        seen.push(Instant::now());
        match seen.len() {
            1 => Answer::empty(429).header("x-rate-limit-time-reset-ms", "300"),
            _ => {
                let fine = Answer::json(200, r#"{"data":[],"meta":{}}"#);
                fine.after(Duration::from_millis(200))
            }
        }
    })
    .await;
    let told = Told::default();
    let stores: Vec<Client> = (0..3)
        .map(|_| process(&server, &redis.url(), &told))
        .collect();
    let refused = stores[0].brands().list().await.unwrap_err();
    assert!(refused.is_rate_limited());
    list_at_once(&stores, 9).await;
    let arrivals = arrivals.lock().unwrap();
    assert_eq!(arrivals.len(), 10);
    // The others are sent after the first has its response.
    let ahead = arrivals[2] - arrivals[1];
    assert!(ahead >= Duration::from_millis(190), "{ahead:?}");
    let all = arrivals[9] - arrivals[1];
    assert!(all < Duration::from_secs(5), "{all:?}");
}

#[tokio::test]
async fn a_call_that_was_not_sent_is_given_back_to_the_others() {
    let Some(redis) = Redis::start() else { return };
    let windows = Windows::new(3, Duration::from_secs(60));
    let server = windows.serve().await;
    let told = Told::default();
    list_at_once(&[process(&server, &redis.url(), &told)], 1).await;
    let nowhere = store_with(&server, |builder| {
        let shared = RedisQuota::new(redis.url(), STORE_HASH).unwrap();
        let builder = builder.base_url(bigcommerce_tests::server::nobody());
        builder
            .quota(Quota::shared(shared))
            .retry(RetryPolicy::never())
    });
    for _ in 0..5 {
        assert!(nowhere.brands().list().await.unwrap_err().is_connect());
    }
    let second = process(&server, &redis.url(), &told);
    list_at_once(&[second], 2).await;
    assert_eq!(windows.refused(), 0);
}

#[tokio::test]
async fn what_answers_say_holds_up_no_process_for_longer_than_the_bound() {
    let Some(redis) = Redis::start() else { return };
    let hour = |answer: Answer| {
        answer
            .header("x-rate-limit-requests-quota", "9")
            .header("x-rate-limit-requests-left", "0")
            .header("x-rate-limit-time-window-ms", "3600000")
            .header("x-rate-limit-time-reset-ms", "3600000")
    };
    let fine = || Answer::json(200, r#"{"data":[],"meta":{}}"#);
    let bad: [fn() -> Answer; 2] = [
        || Answer::empty(429),
        || Answer::json(200, r#"{"data":[],"meta":{}}"#),
    ];
    for (at, bad) in bad.into_iter().enumerate() {
        let server = Server::script([hour(bad()), fine(), fine()]).await;
        let hash = format!("store{at}");
        let process = || {
            let shared = RedisQuota::new(redis.url(), &hash).unwrap();
            let bound = Duration::from_millis(600);
            let client = Client::builder(hash.clone(), "token").base_url(server.url());
            let client = client.quota(Quota::shared(shared).max_hold(bound));
            client.retry(RetryPolicy::never()).build().unwrap()
        };
        let began = Instant::now();
        let first = process().brands().list().await;
        assert_eq!(first.is_err(), at == 0);
        // One probes, and the other waits a second for it at most.
        process().brands().list().await.unwrap();
        process().brands().list().await.unwrap();
        let waited = began.elapsed();
        let (least, most) = (Duration::from_millis(590), Duration::from_secs(3));
        assert!(waited >= least && waited < most, "{waited:?}");
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_holds_up_no_process() {
    let Some(redis) = Redis::start() else { return };
    let answer = |_: &_| Answer::json(200, r#"{"data":[],"meta":{}}"#);
    let server = Server::start(answer).await;
    // What was stored while the clock was an hour ahead.
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let ahead = (now + Duration::from_secs(3600)).as_millis();
    let ends = ahead + 30_000;
    redis.tell(&format!(
        "HSET bigcommerce:quota:{STORE_HASH} last {ahead} paused {ends} ends {ends} left 0 length 30000"
    ));
    let store = process(&server, &redis.url(), &Told::default());
    list_at_once(&[store], 1).await;
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn without_redis_calls_go_on_by_what_the_process_knows() {
    let Some(redis) = Redis::start() else { return };
    let url = redis.url();
    let windows = Windows::new(100, Duration::from_secs(60));
    let server = windows.serve().await;
    let told = Told::default();
    let store = process(&server, &url, &told);
    list_at_once(std::slice::from_ref(&store), 1).await;
    assert!(!told.lines().contains(&"unshared".to_owned()));
    drop(redis);
    let began = Instant::now();
    list_at_once(std::slice::from_ref(&store), 20).await;
    assert!(
        began.elapsed() < Duration::from_secs(3),
        "{:?}",
        began.elapsed()
    );
    assert!(told.lines().contains(&"unshared".to_owned()), "{told:?}");
    assert_eq!(server.asked().len(), 21);
}

#[test]
fn an_address_that_cannot_be_used_is_not_repeated() {
    let error = RedisQuota::new("nonsense://:s3cret@127.0.0.1", STORE_HASH).unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("s3cret"), "{shown}");
    let tls = RedisQuota::new("rediss://:s3cret@127.0.0.1", STORE_HASH).unwrap_err();
    let shown = format!("{tls} {tls:?}");
    assert!(
        shown.contains("TLS") && !shown.contains("s3cret"),
        "{shown}"
    );
    let redis = RedisQuota::new("redis://:s3cret@127.0.0.1", STORE_HASH);
    assert!(!format!("{redis:?}").contains("s3cret"));
}
