//! Two clients use one mock store concurrently, over real HTTP. Each keeps a ledger of what it was
//! told. At the end the store has exactly what both ledgers have: nothing is lost, duplicated or left
//! over.
//!
//! Their actions are drawn from a seed, which is shown if the test fails; `BIGCOMMERCE_SEED` sets it.
//! With `BIGCOMMERCE_LONG` they run for a minute.

mod end;
mod ledger;
mod parting;
mod races;
mod trade;
mod worker;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bigcommerce_mock::{Plan, Store};

use self::{ledger::Chance, worker::Worker};

/// The number of rounds, unless they run for a minute.
const ROUNDS: usize = 40;
/// The number of actions of each client in a round.
const ACTIONS: usize = 12;
const LONG: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_clients_at_once_leave_the_store_as_both_were_told() {
    let seed = std::env::var("BIGCOMMERCE_SEED").map_or(1, |seed| seed.parse().unwrap());
    eprintln!("BIGCOMMERCE_SEED={seed} draws the same again");
    let long = std::env::var_os("BIGCOMMERCE_LONG").is_some();
    let store = Store::builder().products(4).plan(Plan::Enterprise);
    let store = store.start().await.unwrap();
    let begins = end::Kept::read(&store).await;
    let brands = Arc::default();
    let (mut one, mut other) = (
        Worker::hire("one", &store, seed, &brands),
        Worker::hire("other", &store, seed + 1, &brands),
    );
    let mut chance = Chance::of(seed + 2);
    let (started, mut rounds) = (Instant::now(), 0);
    while (long && started.elapsed() < LONG) || (!long && rounds < ROUNDS) {
        rounds += 1;
        let (first, second) = (one.work(ACTIONS), other.work(ACTIONS));
        let (first, second) = (tokio::spawn(first), tokio::spawn(second));
        (one, other) = (first.await.unwrap(), second.await.unwrap());
        races::race(&mut one, &mut other, &mut chance, rounds).await;
    }
    let calls = one.ledger.calls + other.ledger.calls;
    eprintln!("{rounds} rounds, {calls} calls");
    end::judge(&store, &begins, &one, &other).await;
}
