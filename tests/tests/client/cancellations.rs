//! Callers that drop their calls at any point: nothing is sent twice, and no slot, no share of the
//! quota and no connection is lost.

use std::{
    collections::BTreeMap,
    future::poll_fn,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::Poll,
    time::Duration,
};

use bigcommerce_client::{
    CallOptions, Client, Endpoint, Error,
    brands::{BrandCreate, BrandUpdate},
    customers::CustomerUpdate,
    observe::Step,
};
use bigcommerce_tests::{
    choices::cases,
    server::{Answer, Received, Server, store_with},
    time::Told,
};
use tokio::{sync::Semaphore, sync::watch, task::JoinSet};

use super::faults::server::mixed;

/// More than all calls, in a window that does not end.
const QUOTA: usize = 1_000_000;
/// The maximum time that a test waits, in milliseconds.
const PATIENCE: usize = 20_000;

/// A server that counts its requests. A request with a certain header gets its response when the test
/// releases it.
async fn serve(seed: u64, held: watch::Receiver<bool>) -> Server {
    let came = AtomicUsize::new(0);
    Server::start(move |asked| {
        let number = came.fetch_add(1, Ordering::SeqCst) + 1;
        let body = if asked.path.ends_with("/customers") || asked.path.ends_with("/brands/") {
            r#"{"data":[],"meta":{}}"#
        } else {
            r#"{"data":{"id":118,"name":"name"},"meta":{}}"#
        };
        let answer = Answer::json(200, body)
            .header("x-rate-limit-requests-quota", &QUOTA.to_string())
            .header("x-rate-limit-requests-left", &(QUOTA - number).to_string())
            .header("x-rate-limit-time-window-ms", "3600000")
            .header("x-rate-limit-time-reset-ms", "3600000");
        if asked.header("x-held").is_some() {
            return answer.when(held.clone());
        }
        answer.after(Duration::from_millis(mixed(seed ^ number as u64) % 4))
    })
    .await
}

type Pending = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

fn begin(store: &Client, kind: u64, options: CallOptions) -> Pending {
    let store = store.clone();
    Box::pin(async move {
        let brands = store.brands();
        match kind {
            0 => {
                let create = brands.create(BrandCreate::new("name"));
                create.with_options(options).await.map(drop)
            }
            1 => brands.get(118).with_options(options).await.map(drop),
            2 => {
                let update = brands.update(118, BrandUpdate::new().name("name"));
                update.with_options(options).await.map(drop)
            }
            _ => {
                // Only a few of these may run concurrently.
                let update = store.customers().update([CustomerUpdate::new(7)]);
                update.with_options(options).await.map(drop)
            }
        }
    })
}

/// Drops the call when it has been polled this many times, unless it is over.
async fn leave_after(polls: u64, mut call: Pending) -> Option<Result<(), Error>> {
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        call.as_mut().poll(context).map(Some)
    })
    .await
}

/// Waits for something that happens on its own.
async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..PATIENCE {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("{what} did not come about");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_who_go_away_at_any_moment_lose_nothing_and_nothing_is_sent_twice() {
    let (seed, calls) = (20_261_128, u64::from(cases(160)));
    let (let_go, held) = watch::channel(false);
    let server = serve(seed, held).await;
    let told = Told::default();
    let store = store_with(&server, |builder| builder.observer(told.clone()));
    store.brands().get(118).await.unwrap();

    let at_once = Arc::new(Semaphore::new(24));
    let mut callers = JoinSet::new();
    for number in 0..calls {
        let (store, at_once) = (store.clone(), Arc::clone(&at_once));
        callers.spawn(async move {
            let _place = at_once.acquire().await.unwrap();
            let random = mixed(seed + number);
            let options = CallOptions::new();
            let options = options.header("X-Call", &number.to_string()).unwrap();
            let call = begin(&store, random % 5, options);
            // Either by what has happened, or by the clock.
            match random >> 8 & 3 {
                0 => {
                    let patience = Duration::from_millis(random >> 16 & 7);
                    tokio::time::timeout(patience, call).await.ok()
                }
                _ => leave_after(random >> 16 & 7, call).await,
            }
        });
    }
    let (mut left, mut stayed) = (0, 0);
    while let Some(caller) = callers.join_next().await {
        match caller.unwrap() {
            None => left += 1,
            Some(result) => {
                stayed += 1;
                result.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
            }
        }
    }
    assert!(
        left > calls / 5 && stayed > calls / 10,
        "{left} and {stayed}"
    );

    // Nothing was sent twice, and every call that was started was reported as over once.
    let mut times = BTreeMap::<String, usize>::new();
    for asked in server.asked() {
        if let Some(call) = asked.header("x-call") {
            *times.entry(call.to_owned()).or_default() += 1;
        }
    }
    let twice: Vec<_> = times.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "seed {seed}: sent again: {twice:?}");
    let mut begun = BTreeMap::<u64, (usize, usize)>::new();
    for (call, step) in told.steps() {
        let (started, finished) = begun.entry(call).or_default();
        *started += usize::from(matches!(step, Step::Started));
        *finished += usize::from(matches!(step, Step::Finished { .. }));
    }
    begun.retain(|_, told| *told != (1, 1));
    assert!(begun.is_empty(), "seed {seed}: begun and over: {begun:?}");

    // Every slot is free: this many calls are in progress at the server concurrently.
    let cap = Endpoint::CustomersUpdate.facts().concurrency.unwrap();
    let hold = CallOptions::new().header("X-Held", "1").unwrap();
    let mut updates = JoinSet::new();
    for _ in 0..cap {
        updates.spawn(begin(&store, 9, hold.clone()));
    }
    let is_held = |asked: &Received| asked.header("x-held").is_some();
    let all_held = || server.asked().iter().filter(|asked| is_held(asked)).count();
    until("a place for each", || all_held() == cap as usize).await;
    let_go.send(true).unwrap();
    while let Some(update) = updates.join_next().await {
        update.unwrap().unwrap();
    }

    // So is every share of the quota, and all connections close with the client.
    store.brands().get(118).await.unwrap();
    let kept = QUOTA - server.asked().len();
    let shares = || store.quota().left().unwrap().calls as usize;
    until("every share of the quota", || shares() == kept).await;
    drop(store);
    until("the end of every connection", || server.connections() == 0).await;
}
