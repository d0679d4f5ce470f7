//! What happens to a delivery that fails.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bigcommerce_client::webhook::Verifier;
use bigcommerce_mock::events::{Fired, Schedule, State};
use bigcommerce_tests::server::{Answer, Server, nobody};
use serde_json::json;

use crate::events::{Maker, SECRET, dispatcher, hook};

/// Two days in a fifth of a second.
const FAST: Schedule = Schedule::compressed(1_000_000);

fn fired() -> [Fired; 1] {
    [Fired::new(
        "store/order/created",
        json!({ "type": "order", "id": 1 }),
    )]
}

#[tokio::test]
async fn what_failed_comes_again_with_its_id_and_body_and_is_signed_anew() {
    let answers = [
        Answer::empty(500),
        Answer::text(302, "elsewhere"),
        Answer::empty(201),
    ];
    let server = Server::script(answers).await;
    let deliveries = dispatcher(&Arc::default()).schedule(FAST).start().unwrap();
    deliveries.dispatch(&fired(), &[hook(1, "store/order/*", &server.url())]);
    deliveries.settled().await;

    let asked = server.take();
    assert_eq!(asked.len(), 3);
    for again in &asked {
        assert_eq!(again.header("webhook-id"), asked[0].header("webhook-id"));
        assert_eq!(again.body, asked[0].body);
        Verifier::new(SECRET)
            .verify(&again.headers, &again.body)
            .unwrap();
    }
    let log = deliveries.log();
    let statuses: Vec<_> = log[0].attempts.iter().map(|it| it.status).collect();
    assert_eq!(statuses, [Some(500), Some(302), Some(201)]);
    assert_eq!(log[0].state, State::Delivered);
}

#[tokio::test]
async fn a_hook_is_switched_off_when_the_eleventh_retry_has_failed_too() {
    let maker = Arc::<Maker>::default();
    let deliveries = dispatcher(&maker).schedule(FAST).start().unwrap();
    let began = Instant::now();
    deliveries.dispatch(&fired(), &[hook(7, "store/order/*", &nobody())]);
    deliveries.settled().await;
    assert!(began.elapsed() >= Duration::from_millis(173));
    let log = deliveries.log();
    assert_eq!(log[0].attempts.len(), FAST.attempts());
    assert!(
        log[0]
            .attempts
            .iter()
            .all(|it| it.status.is_none() && it.error.is_some())
    );
    assert_eq!(log[0].state, State::GivenUp);
    assert_eq!(*maker.off.lock().unwrap(), [json!(7)]);
}

#[tokio::test]
async fn a_hook_that_is_gone_is_not_tried_again() {
    let maker = Arc::<Maker>::default();
    *maker.gone.lock().unwrap() = true;
    let server = Server::start(|_| Answer::empty(500)).await;
    let deliveries = dispatcher(&maker).schedule(FAST).start().unwrap();
    deliveries.dispatch(&fired(), &[hook(1, "store/order/*", &server.url())]);
    deliveries.settled().await;
    assert_eq!(server.take().len(), 1);
    assert_eq!(deliveries.log()[0].state, State::Ended);
    assert!(maker.off.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_receiver_that_is_slow_has_failed() {
    let answers = [
        Answer::empty(204).after(Duration::from_secs(5)),
        Answer::empty(204),
    ];
    let server = Server::script(answers).await;
    let patience = Duration::from_millis(100);
    let deliveries = dispatcher(&Arc::default())
        .schedule(FAST)
        .patience(patience);
    let deliveries = deliveries.start().unwrap();
    deliveries.dispatch(&fired(), &[hook(1, "store/order/*", &server.url())]);
    deliveries.settled().await;
    let log = deliveries.log();
    assert!(
        log[0].attempts[0]
            .error
            .as_deref()
            .unwrap()
            .contains("no response")
    );
    assert_eq!(log[0].state, State::Delivered);
}

#[tokio::test]
async fn at_the_end_what_is_under_way_arrives_and_what_waits_is_dropped() {
    let slow = Server::start(|_| Answer::empty(204).after(Duration::from_millis(200))).await;
    let failing = Server::start(|_| Answer::empty(500)).await;
    let schedule = Schedule::compressed(1);
    let deliveries = dispatcher(&Arc::default())
        .schedule(schedule)
        .start()
        .unwrap();
    let hooks = [
        hook(1, "store/order/*", &slow.url()),
        hook(2, "store/order/*", &failing.url()),
    ];
    deliveries.dispatch(&fired(), &hooks);
    tokio::time::sleep(Duration::from_millis(100)).await;

    let began = Instant::now();
    deliveries.shutdown().await;
    assert!(began.elapsed() < Duration::from_secs(5));
    deliveries.dispatch(&fired(), &hooks[..1]);
    let states: Vec<_> = deliveries.log().into_iter().map(|it| it.state).collect();
    assert_eq!(states[..2], [State::Delivered, State::Ended]);
    assert!(matches!(states[2], State::NotSent(_)));
    assert_eq!(deliveries.waiting(), 0);
}
