//! An app is installed in a store, told what happens there, opened and uninstalled.

use bigcommerce_client::order_statuses::OrderStatus;
use bigcommerce_mock::app::{Callback, Person, Registration};
use bigcommerce_tests::server::nobody;

use super::program::{Running, run, text, visit};
use super::store::{client, empty, order, variables};

const APP: &str = env!("CARGO_BIN_EXE_app");
const ID: &str = "cl1ent";
const SECRET: &str = "cl1ent-s3cret";
const SCOPES: [&str; 2] = ["store_v2_information", "store_v2_orders_read_only"];

#[tokio::test(flavor = "multi_thread")]
async fn an_app_is_installed_told_of_orders_opened_and_uninstalled() {
    let store = empty().await;
    let at = nobody();
    let registered = Registration::new(ID, SECRET, format!("{at}/auth"))
        .scopes(SCOPES)
        .load_url(format!("{at}/load"))
        .uninstall_url(format!("{at}/uninstall"));
    let login = store.apps();
    login.register(registered);
    let mut variables = variables(&store);
    variables.extend([
        ("LOGIN_URL", store.url()),
        ("CLIENT_ID", ID),
        ("CLIENT_SECRET", SECRET),
        ("PUBLIC_URL", &at),
        ("LISTEN", at.strip_prefix("http://").unwrap()),
    ]);
    let running = Running::start(APP, &[], &variables);
    assert_eq!(running.url(), at);
    let install = format!("{}/app/{ID}/install", store.url());
    assert_eq!(running.line(), format!("install it at {install}"));

    let load = |user| login.callback_url(ID, Callback::Load, user).unwrap();
    let clerk = Person::new(9, "clerk@example.com");
    let (status, _) = visit(&load(&clerk)).await;
    assert_eq!(status, 404, "nobody has installed it");
    let (status, _) = visit(&format!("{at}/load?signed_payload_jwt=forged")).await;
    assert_eq!(status, 401);

    let (status, question) = visit(&install).await;
    assert_eq!(status, 200);
    assert!(question.contains("store_v2_orders_read_only"), "{question}");
    let agree = format!("{}/oauth2/authorize?client_id={ID}&accept=1", store.url());
    assert_eq!(visit(&agree).await, (200, "Welcome.".to_owned()));
    assert_eq!(
        visit(&load(&clerk)).await,
        (200, "Hello, clerk@example.com.".to_owned())
    );

    let id = client(&store)
        .orders()
        .create(order(OrderStatus::AWAITING_FULFILLMENT))
        .await
        .unwrap()
        .id;
    let told = format!("{}: order {id} is new", store.hash());
    assert_eq!(running.line(), told);
    store.delivered().await;
    let [delivery] = &store.deliveries()[..] else {
        panic!("{:?}", store.deliveries())
    };
    assert_eq!(delivery.client_id, ID);
    assert_eq!(delivery.destination, format!("{at}/hooks"));

    assert_eq!(login.uninstall(ID).await.unwrap(), 204);
    assert_eq!(visit(&load(&clerk)).await.0, 404);
    client(&store)
        .orders()
        .create(order(OrderStatus::AWAITING_FULFILLMENT))
        .await
        .unwrap();
    store.delivered().await;
    assert_eq!(store.deliveries().len(), 1, "the hook went with the app");
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_told() {
    let output = run(APP, &[], &[("CLIENT_ID", ID)]).await;
    assert_eq!(
        text(&output.stderr),
        "set the environment variable CLIENT_SECRET\n"
    );
    let variables = [
        ("CLIENT_ID", ID),
        ("CLIENT_SECRET", SECRET),
        ("PUBLIC_URL", "https://app.example.com"),
        ("LOGIN_URL", "http://example.com"),
    ];
    let output = run(APP, &[], &variables).await;
    let said = text(&output.stderr);
    assert!(
        said.starts_with("the app cannot be set up: the login URL"),
        "{said}"
    );
    assert!(!said.contains(SECRET), "{said}");
}
