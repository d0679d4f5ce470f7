//! Hooks are created, and their deliveries are verified and parsed.

use bigcommerce_client::{
    brands::BrandCreate,
    customers::CustomerCreate,
    events::EventData,
    redirects::RedirectUpdate,
    settings::StoreProfileUpdate,
    webhook::{Delivery, Seen, Topic, Verifier},
    webhooks::{WebhookCreate, WebhookUpdate},
};
use bigcommerce_tests::server::{Answer, Server};

use crate::end_to_end::shop;

/// The deliveries since the last call whose signatures are valid.
fn received(receiver: &Server, verifier: &Verifier) -> Vec<Delivery> {
    let asked = receiver.take();
    let verified = asked.iter().map(|asked| {
        let verified = verifier.verify(&asked.headers, &asked.body).unwrap();
        verified.parse().unwrap()
    });
    verified.collect()
}

#[tokio::test]
async fn what_a_write_fires_is_signed_delivered_and_typed() {
    let (store, client) = shop(0).await;
    let receiver = Server::start(|_| Answer::empty(204)).await;
    let verifier = Verifier::new(store.client_secret());
    let hooks = client.webhooks();
    let topic: Topic = "store/customer/*".parse().unwrap();
    let hook = WebhookCreate::new()
        .scope(topic)
        .destination(format!("{}/hooks", receiver.url()));
    let hook = hooks.create(hook).await.unwrap();

    let ada = CustomerCreate::new()
        .email("ada@example.com")
        .first_name("Ada")
        .last_name("Example");
    let ada = client.customers().create([ada]).await.unwrap()[0].id;
    let other = client.brands().create(BrandCreate::new("Acme")).await;
    assert!(other.unwrap().is_complete());
    store.delivered().await;
    let [created] = &received(&receiver, &verifier)[..] else {
        panic!("one delivery")
    };
    assert_eq!(created.scope, "store/customer/created");
    assert_eq!(created.store_hash(), Some(store.hash()));
    assert_eq!(created.id().and_then(|id| id.as_i64()), Some(ada));
    assert!(matches!(&created.data, EventData::CustomerCreated(_)));
    assert!(Seen::new(10).is_new(created));

    // An inactive hook receives nothing, and neither does a deleted one.
    let off = WebhookUpdate::new().is_active(false);
    hooks.update(hook.id, off).await.unwrap();
    let eve = CustomerCreate::new()
        .email("eve@example.com")
        .first_name("Eve")
        .last_name("Example");
    let eve = client.customers().create([eve]).await.unwrap()[0].id;
    hooks.delete(hook.id).await.unwrap();
    client.customers().delete([eve]).await.unwrap();
    store.delivered().await;
    assert!(received(&receiver, &verifier).is_empty());
    assert!(hooks.list().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_receiver_that_fails_is_sent_the_same_event_again() {
    let (store, client) = shop(0).await;
    // An hour of the API is a second here.
    let receiver = Server::script([Answer::empty(503), Answer::empty(200)]).await;
    let verifier = Verifier::new(store.client_secret());
    let hook = WebhookCreate::new()
        .scope("store/customer/created")
        .destination(receiver.url());
    client.webhooks().create(hook).await.unwrap();
    let ada = CustomerCreate::new()
        .email("ada@example.com")
        .first_name("Ada")
        .last_name("Example");
    client.customers().create([ada]).await.unwrap();
    store.delivered().await;

    let both = received(&receiver, &verifier);
    assert_eq!(both.len(), 2);
    let seen = Seen::new(10);
    let new: Vec<bool> = both.iter().map(|delivery| seen.is_new(delivery)).collect();
    assert_eq!(new, [true, false]);
}

#[tokio::test]
async fn the_stores_information_and_redirects_tell_what_their_events_are_about() {
    let (store, client) = shop(0).await;
    let receiver = Server::start(|_| Answer::empty(204)).await;
    let verifier = Verifier::new(store.client_secret());
    for scope in ["store/information/updated", "store/redirects/updated"] {
        let hook = WebhookCreate::new()
            .scope(scope)
            .destination(receiver.url());
        client.webhooks().create(hook).await.unwrap();
    }
    let profile = || StoreProfileUpdate::new().store_name("Harbour Lamps");
    let settings = client.settings();
    settings.update_profile(profile()).await.unwrap();
    // A channel's own settings are not the store's.
    let of_channel = settings.update_profile(profile()).channel_id(1);
    of_channel.await.unwrap();
    let away = RedirectUpdate::new(1000, "/spring-sale/");
    let away = client.redirects().upsert([away]).await.unwrap();
    store.delivered().await;

    let mut told = received(&receiver, &verifier);
    told.sort_by(|one, other| one.scope.as_str().cmp(other.scope.as_str()));
    let [information, redirect] = &told[..] else {
        panic!("one delivery of each kind: {told:?}")
    };
    let EventData::InformationUpdated(information) = &information.data else {
        panic!("{information:?}")
    };
    assert_eq!(information.kind.as_deref(), Some("store"));
    let EventData::RedirectsUpdated(redirect) = &redirect.data else {
        panic!("{redirect:?}")
    };
    assert_eq!((redirect.id, redirect.id.is_some()), (away[0].id, true));
    assert_eq!(redirect.from_path.as_deref(), Some("/spring-sale/"));
}
