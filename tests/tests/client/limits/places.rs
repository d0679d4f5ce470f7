//! The slots of an endpoint with a cap: which call has one, for how long, and what happens to it when its
//! caller drops the call.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bigcommerce_client::{
    CallOptions, Endpoint, ErrorKind, RetryPolicy,
    customers::CustomerUpdate,
    observe::{End, Observer, Signal, Step, Wait},
    quota::Quota,
};
use bigcommerce_tests::{
    server::{Answer, Received, Server, store_with},
    time::Told,
    windows::Windows,
};
use tokio::{sync::watch, task::JoinSet};

use super::{begin, list_at_once, soon};

/// Counts how many calls of customers are in progress concurrently.
#[derive(Clone, Default)]
struct OnTheWay(Arc<(AtomicUsize, AtomicUsize)>);

impl Observer for OnTheWay {
    fn observe(&self, signal: &Signal<'_>) {
        let (now, most) = &*self.0;
        match signal.step {
            _ if signal.endpoint != Some(Endpoint::CustomersUpdate) => {}
            Step::Sent { .. } => {
                let running = now.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(running, Ordering::SeqCst);
            }
            Step::Responded { .. } => {
                now.fetch_sub(1, Ordering::SeqCst);
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn an_endpoint_with_a_cap_never_exceeds_it_while_others_run_concurrently() {
    let (let_go, held) = watch::channel(false);
    let server = Server::start(move |asked| {
        let answer = Answer::json(200, r#"{"data":[],"meta":{}}"#);
        if asked.method == "PUT" {
            answer.when(held.clone())
        } else {
            answer
        }
    })
    .await;
    let (told, running) = (Told::default(), OnTheWay::default());
    let store = store_with(&server, |builder| {
        builder.observer(told.clone()).observer(running.clone())
    });
    // The first response reports that there is no quota.
    list_at_once(std::slice::from_ref(&store), 1).await;

    let mut calls = JoinSet::new();
    for id in 0..10 {
        let update = store.customers().update([CustomerUpdate::new(id)]);
        calls.spawn(async move { update.await.map(|_| ()) });
    }
    // The other calls begin after these and finish before them.
    list_at_once(std::slice::from_ref(&store), 5).await;
    assert!(calls.try_join_next().is_none());
    let waiting = || {
        let place = |step: &Step| {
            matches!(
                step,
                Step::Waiting {
                    why: Wait::Place,
                    ..
                }
            )
        };
        told.steps().iter().filter(|(_, step)| place(step)).count()
    };
    while server.asked().len() < 6 + cap() || waiting() < 10 - cap() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(calls.try_join_next().is_none());
    let_go.send(true).unwrap();
    while let Some(call) = calls.join_next().await {
        call.unwrap().unwrap();
    }
    assert_eq!(running.0.1.load(Ordering::SeqCst), cap());
    assert_eq!(waiting(), 10 - cap());
}

/// A server whose work continues whether or not anybody listens: how many calls are in progress, and
/// the maximum.
#[derive(Clone, Default)]
struct Work(Arc<(AtomicUsize, AtomicUsize)>);

impl Work {
    /// A server on which each write takes this long.
    async fn serve(&self, time: Duration) -> Server {
        let work = self.clone();
        Server::start(move |asked| {
            let answer = Answer::json(200, r#"{"data":[],"meta":{}}"#);
            if asked.method == "GET" {
                return answer;
            }
            let running = work.0.0.fetch_add(1, Ordering::SeqCst) + 1;
            work.0.1.fetch_max(running, Ordering::SeqCst);
            let work = work.clone();
            tokio::spawn(async move {
                tokio::time::sleep(time).await;
                work.0.0.fetch_sub(1, Ordering::SeqCst);
            });
            // Late enough for a busy machine to count the end first.
            answer.after(time + Duration::from_millis(50))
        })
        .await
    }

    fn most(&self) -> usize {
        self.0.1.load(Ordering::SeqCst)
    }
}

fn cap() -> usize {
    let cap = Endpoint::CustomersUpdate.facts().concurrency;
    usize::try_from(cap.unwrap()).unwrap()
}

#[tokio::test]
async fn callers_who_go_away_or_time_out_never_make_more_calls_run_at_once_than_the_cap() {
    for own in [false, true] {
        let work = Work::default();
        let server = work.serve(Duration::from_millis(100)).await;
        let patience = Duration::from_millis(20);
        let store = store_with(&server, |builder| {
            let builder = builder.retry(RetryPolicy::never());
            if own {
                builder.timeout(patience)
            } else {
                builder
            }
        });
        let patient = CallOptions::new().timeout(Duration::from_secs(5));
        soon(store.brands().list().with_options(patient.clone())).await;
        let mut callers = JoinSet::new();
        for id in 0..12 {
            let update = store.customers().update([CustomerUpdate::new(id)]);
            callers.spawn(async move {
                if own {
                    assert!(update.await.unwrap_err().is_timeout());
                } else {
                    let update = update.into_future();
                    let left = tokio::time::timeout(patience * 50, async {
                        // Some leave as soon as the call is sent, and some while they wait for it.
                        tokio::time::timeout(patience, update).await.is_err()
                    });
                    assert!(left.await.unwrap());
                }
            });
        }
        while let Some(caller) = callers.join_next().await {
            caller.unwrap();
        }
        // All callers are gone, and the slot of each is freed when its response arrives, neither sooner
        // nor later.
        for id in 20..26 {
            let update = store.customers().update([CustomerUpdate::new(id)]);
            soon(update.with_options(patient.clone())).await;
        }
        assert_eq!(work.most(), cap(), "by their own timeout: {own}");
    }
}

#[tokio::test]
async fn a_caller_who_goes_away_is_told_as_cancelled_and_its_place_is_kept_until_the_answer() {
    let work = Work::default();
    let server = work.serve(Duration::from_millis(400)).await;
    let told = Told::default();
    let store = store_with(&server, |builder| builder.observer(told.clone()));
    soon(store.brands().list()).await;
    let mut calls = Vec::new();
    for id in 0..3 {
        let update = store.customers().update([CustomerUpdate::new(id)]);
        calls.push(tokio::spawn(async move { update.await.map(|_| ()) }));
    }
    while server.asked().len() < 4 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    for call in calls {
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
    }
    let cancelled = |step: &Step| {
        matches!(
            step,
            Step::Finished {
                end: End::Cancelled,
                ..
            }
        )
    };
    let steps = told.steps();
    assert_eq!(steps.iter().filter(|(_, step)| cancelled(step)).count(), 3);

    let update = || store.customers().update([CustomerUpdate::new(9)]);
    let hurried = CallOptions::new().max_wait(Duration::from_millis(30));
    let error = update().with_options(hurried).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy);
    let why = "for a free slot among the concurrent calls";
    assert!(error.to_string().contains(why), "{error}");
    soon(update()).await;
    assert_eq!(work.most(), cap());
}

#[tokio::test]
async fn a_place_whose_answer_never_comes_is_free_again_after_the_bound() {
    let silent = |asked: &Received| {
        let slow = if asked.method == "PUT" { 3600 } else { 0 };
        let answer = Answer::json(200, r#"{"data":[],"meta":{}}"#);
        answer.after(Duration::from_secs(slow))
    };
    let server = Server::start(silent).await;
    let store = store_with(&server, |builder| {
        builder
            .quota(Quota::new().max_hold(Duration::from_millis(300)))
            .timeout(Duration::from_millis(50))
            .retry(RetryPolicy::never())
    });
    let patient = CallOptions::new().timeout(Duration::from_secs(5));
    soon(store.brands().list().with_options(patient)).await;
    let began = Instant::now();
    for id in 0..4 {
        let update = store.customers().update([CustomerUpdate::new(id)]);
        assert!(update.await.unwrap_err().is_timeout());
    }
    let waited = began.elapsed();
    let (least, most) = (Duration::from_millis(300), Duration::from_secs(2));
    assert!(waited >= least && waited < most, "{waited:?}");
}

#[tokio::test]
async fn a_connection_that_is_dead_keeps_no_place() {
    let server = Server::start(|asked| {
        let answer = Answer::json(200, r#"{"data":[],"meta":{}}"#);
        if asked.method == "PUT" {
            answer.cut()
        } else {
            answer
        }
    })
    .await;
    let store = store_with(&server, |builder| builder.retry(RetryPolicy::never()));
    soon(store.brands().list()).await;
    for id in 0..8 {
        let update = store.customers().update([CustomerUpdate::new(id)]);
        let update = tokio::time::timeout(Duration::from_secs(2), update.into_future());
        assert!(update.await.unwrap().is_err());
    }
}

#[tokio::test]
async fn a_call_that_waits_for_the_quota_holds_no_place_meanwhile() {
    let windows = Windows::new(1, Duration::from_millis(300));
    let server = windows.serve().await;
    let store = store_with(&server, |builder| builder.retry(RetryPolicy::never()));
    soon(store.brands().list()).await;
    let update = |id| store.customers().update([CustomerUpdate::new(id)]);
    let mut begun = Vec::new();
    for id in 0..4 {
        begun.push(begin(update(id)).await);
    }
    soon(update(9)).await;
    for call in begun {
        soon(call).await;
    }
    assert_eq!(windows.refused(), 0);
}

#[tokio::test]
async fn a_place_is_not_kept_for_one_who_does_not_come_for_it() {
    let slow =
        |_: &_| Answer::json(200, r#"{"data":[],"meta":{}}"#).after(Duration::from_millis(50));
    let server = Server::start(slow).await;
    let store = store_with(&server, |builder| builder);
    soon(store.brands().list()).await;
    let update = |id| store.customers().update([CustomerUpdate::new(id)]);
    let mut running = JoinSet::new();
    for id in 0..3 {
        let update = update(id).into_future();
        running.spawn(async move { update.await.map(|_| ()) });
    }
    while server.asked().len() < 4 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let mut begun = Vec::new();
    for id in 3..7 {
        begun.push(begin(update(id)).await);
    }
    soon(update(9)).await;
    for call in begun {
        soon(call).await;
    }
    while let Some(call) = running.join_next().await {
        call.unwrap().unwrap();
    }
}
