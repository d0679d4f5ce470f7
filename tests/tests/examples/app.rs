//! An app is installed in a store, opened and uninstalled, and makes its hook on the way.

use bigcommerce_client::app::{App, AppUser, SignedPayload};
use bigcommerce_tests::server::STORE_HASH;

use super::program::{Running, ask, run, text};
use super::store::{Store, pairs};

const APP: &str = env!("CARGO_BIN_EXE_app");
const SECRET: &str = "cl1ent-s3cret";

#[tokio::test(flavor = "multi_thread")]
async fn an_app_is_installed_opened_and_uninstalled() {
    let store = Store::start().await;
    let mut variables = store.variables();
    let (_, url) = variables[2].clone();
    variables.extend([
        ("LOGIN_URL", url.clone()),
        ("CLIENT_ID", "cl1ent".to_owned()),
        ("CLIENT_SECRET", SECRET.to_owned()),
        ("PUBLIC_URL", "https://app.example.com".to_owned()),
        ("LISTEN", "127.0.0.1:0".to_owned()),
    ]);
    let running = Running::start(APP, &[], &pairs(&variables));
    let address = running.address();
    let install = format!("install it at {url}/app/cl1ent/install");
    assert_eq!(running.line(), install);
    let get = |path: &str| ask(&address, &format!("GET {path}"), &[], "");

    let app = App::new("cl1ent", SECRET, "https://app.example.com/auth").unwrap();
    let jwt = |id, email| app.sign_jwt(&SignedPayload::new(STORE_HASH, AppUser::new(id, email)));
    let load = format!("/load?signed_payload_jwt={}", jwt(9, "m@example.com"));
    assert_eq!(get(&load).0, 404, "nobody has installed it");
    assert_eq!(get("/load?signed_payload_jwt=forged").0, 401);

    let scope = "store_v2_orders_read_only+store_v2_information";
    let auth = format!("/auth?code=c0de&scope={scope}&context=stores%2F{STORE_HASH}");
    assert_eq!(get(&auth), (200, "Welcome.".to_owned()));
    let hooks = store.client().webhooks().list().await.unwrap();
    assert_eq!(hooks.len(), 1);
    let leads = hooks[0].destination.as_deref();
    assert_eq!(leads, Some("https://app.example.com/hooks"));
    assert_eq!(get(&load), (200, "Hello, user Some(9).".to_owned()));

    let uninstall = format!("/uninstall?signed_payload_jwt={}", jwt(9, "m@example.com"));
    assert_eq!(get(&uninstall).0, 204);
    assert_eq!(get(&load).0, 404);
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_told() {
    let output = run(APP, &[], &[("CLIENT_ID", "cl1ent")]).await;
    assert_eq!(text(&output.stderr), "set the variable CLIENT_SECRET\n");
    let variables = [
        ("CLIENT_ID", "cl1ent"),
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
