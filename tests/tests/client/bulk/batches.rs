//! How items are divided into batches: how large one is, how many are under way, and in which order the
//! items come back.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bigcommerce_client::{
    bulk::Fate, customers::Customer, product_channel_assignments::ProductChannelAssignmentInput,
};
use bigcommerce_tests::server::{Answer, Server, store, store_with};
use serde_json::json;

use super::{changes, customers, fates, ids, taken};

#[tokio::test]
async fn items_go_out_in_batches_that_the_api_takes_and_come_back_in_their_order() {
    let server = Server::start(|asked| match ids(asked) {
        ids if ids.len() > 10 => Answer::empty(413),
        ids => taken(&ids),
    })
    .await;
    let report = store(&server)
        .customers()
        .update_all(changes(1..=95))
        .await
        .unwrap();
    assert!(report.is_complete());
    assert_eq!(server.asked().len(), 10);
    for (at, (change, fate)) in report.into_iter().enumerate() {
        let Fate::Done(Some(Customer { id, .. })) = fate else {
            panic!("{fate:?}")
        };
        assert_eq!((change.id, id), (at as i64 + 1, at as i64 + 1));
    }
}

#[tokio::test]
async fn progress_counts_the_items_that_are_settled_and_only_grows() {
    // A batch with 7 in it is rejected as a whole until 7 is alone.
    let server = Server::start(|asked| match ids(asked) {
        ids if ids.contains(&7) && ids.len() > 1 => Answer::empty(413),
        ids if ids.contains(&7) => Answer::json(422, json!({ "title": "bad" }).to_string()),
        ids => taken(&ids),
    })
    .await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let update = store(&server).customers().update_all(changes(1..=25));
    let update = update.on_progress(move |done, all| tell.lock().unwrap().push((done, all)));
    let report = update.at_once(1).await.unwrap();
    assert_eq!(report.failures().count(), 1);
    let told = told.lock().unwrap();
    assert_eq!(told.last(), Some(&(25, 25)));
    assert!(
        told.len() > 3 && told.windows(2).all(|two| two[0].0 < two[1].0),
        "{told:?}"
    );
}

/// How many calls a server works on, and the maximum.
#[derive(Clone, Default)]
struct InProgress(Arc<(AtomicUsize, AtomicUsize)>);

impl InProgress {
    /// The response to a call that takes a while.
    fn answer(&self, answer: Answer) -> Answer {
        let running = self.0.0.fetch_add(1, Ordering::SeqCst) + 1;
        self.0.1.fetch_max(running, Ordering::SeqCst);
        let this = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(10)).await;
            this.0.0.fetch_sub(1, Ordering::SeqCst);
        });
        // Late enough for a busy machine to count the end first.
        answer.after(Duration::from_millis(30))
    }

    fn most(&self) -> usize {
        self.0.1.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn no_more_batches_are_under_way_than_the_endpoint_allows() {
    let progress = InProgress::default();
    let work = progress.clone();
    let server = Server::start(move |asked| work.answer(taken(&ids(asked)))).await;
    let all = store(&server)
        .customers()
        .update_all(changes(1..=200))
        .at_once(16);
    assert!(all.await.unwrap().is_complete());
    assert_eq!(progress.most(), 3, "customers.update allows three at once");
}

#[tokio::test]
async fn products_are_assigned_to_channels_one_batch_after_another() {
    let progress = InProgress::default();
    let work = progress.clone();
    let server = Server::start(move |_| work.answer(Answer::empty(204))).await;
    // Each product is in several batches, and two calls at once must not name the same one.
    let assignments = (1..=4).flat_map(|channel| {
        let assignment = move |product| {
            let assignment = ProductChannelAssignmentInput::new().product_id(product);
            assignment.channel_id(channel)
        };
        (1..=50).map(assignment)
    });
    let all = store(&server)
        .products()
        .channel_assignments()
        .assign_all(assignments)
        .at_once(16);
    assert!(all.await.unwrap().is_complete());
    assert_eq!((server.asked().len(), progress.most()), (4, 1));
}

#[tokio::test]
async fn batches_beyond_what_the_endpoint_allows_do_not_end_the_call() {
    let server = Server::start(|asked| match asked.method.as_str() {
        "PUT" => taken(&ids(asked)).after(Duration::from_millis(20)),
        _ => taken(&[]),
    })
    .await;
    let store = store_with(&server, |builder| builder.max_wait(Duration::ZERO));
    // It reports that there is no quota to wait for.
    store.brands().list().await.unwrap();
    let all = store.customers().update_all(changes(1..=100)).at_once(16);
    assert!(all.await.unwrap().is_complete());
}

#[tokio::test]
async fn a_batch_too_large_is_halved_and_one_that_stays_so_fails_alone() {
    let server = Server::start(|_| Answer::empty(413)).await;
    let report = store(&server)
        .customers()
        .create_all(customers(4))
        .await
        .unwrap();
    assert_eq!(fates(&report), [("failed", 4)].into());
    assert_eq!(server.asked().len(), 1 + 2 + 4);
    assert_eq!(report.into_retryable().len(), 4, "nothing was done");
}

#[tokio::test]
async fn ids_are_cut_so_that_no_address_grows_too_long() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let all = 1_000_000..1_001_000;
    let report = store(&server)
        .customers()
        .delete_all(all.clone())
        .await
        .unwrap();
    assert!(report.is_complete());
    let asked = server.asked();
    let mut seen: Vec<i64> = Vec::new();
    for asked in &asked {
        assert!(asked.line().len() < 4000);
        let (_, ids) = asked
            .pairs()
            .into_iter()
            .find(|(key, _)| *key == "id:in")
            .unwrap();
        seen.extend(ids.split(',').map(|id| id.parse::<i64>().unwrap()));
    }
    seen.sort_unstable();
    assert_eq!(seen, all.collect::<Vec<_>>());
}
