//! What the store sends to programs: deliveries to hooks, and tokens to apps.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{BRANDS, Line, status};
use crate::Store;
use crate::app::Registration;
use crate::events::State;

const JSON: &str = "content-type: application/json\r\n";

#[tokio::test]
async fn a_write_is_told_to_the_hook_that_waits_for_it_and_signed_with_its_accounts_secret() {
    let receiver = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let store = Store::start().await.unwrap();
    let own = format!("{JSON}x-auth-token: {}\r\n", store.token());
    let post = async |path: &str, body: &str| {
        let path = format!("/stores/{}{path}", store.hash());
        Line::to(&store)
            .await
            .ask("POST", &path, &own, body)
            .await
            .unwrap()
    };
    let destination = format!("http://{}/hooks", receiver.local_addr().unwrap());
    let hook = format!(r#"{{"scope": "store/customer/*", "destination": "{destination}"}}"#);
    let made = post("/v3/hooks", &hook).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let person = r#"[{"email": "a@example.com", "first_name": "A", "last_name": "B"}]"#;
    let made = post("/v3/customers", person).await;
    assert_eq!(made.status, 200, "{}", made.body);

    let (mut stream, _) = receiver.accept().await.unwrap();
    let mut got = vec![0; 4096];
    let read = stream.read(&mut got).await.unwrap();
    stream
        .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        .await
        .unwrap();
    let got = String::from_utf8_lossy(&got[..read]).to_ascii_lowercase();
    assert!(
        got.starts_with("post /hooks ") && got.contains("webhook-signature: v1,"),
        "{got}"
    );
    store.delivered().await;
    let deliveries = store.deliveries();
    assert_eq!(deliveries[0].scope, "store/customer/created");
    assert_eq!(deliveries[0].state, State::Delivered);
    assert_eq!(deliveries[0].client_id, store.client_id());
}

#[tokio::test]
async fn an_app_that_is_installed_gets_a_token_that_works_and_the_stores_own_stay() {
    let store = Store::start().await.unwrap();
    let (id, secret) = (
        store.client_id().to_owned(),
        store.client_secret().to_owned(),
    );
    let callback = "http://127.0.0.1:3000/auth";
    let app = Registration::new(&id, &secret, callback).scopes(["store_v2_products_read_only"]);
    store.apps().register(app);
    let install = async || {
        let agree = format!("/oauth2/authorize?client_id={id}&accept=1");
        let agreed = Line::to(&store)
            .await
            .ask("GET", &agree, "", "")
            .await
            .unwrap();
        let location = agreed.header("location").unwrap().to_owned();
        let (_, query) = location.split_once('?').unwrap();
        let query = crate::urlencoded::parse(query);
        let field = |name: &str| query.iter().find(|(key, _)| key == name).unwrap().1.clone();
        let body = serde_json::json!({
            "client_id": id, "client_secret": secret, "code": field("code"), "scope": field("scope"),
            "context": field("context"), "grant_type": "authorization_code", "redirect_uri": callback,
        });
        let body = body.to_string();
        let got = Line::to(&store)
            .await
            .ask("POST", "/oauth2/token", JSON, &body)
            .await
            .unwrap();
        let answer: serde_json::Value = serde_json::from_str(&got.body).unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    };
    let first = install().await;
    assert_eq!(status(&store, &first, "GET", BRANDS, "").await, 200);
    assert_eq!(status(&store, &first, "POST", BRANDS, "").await, 403);
    let second = install().await;
    assert_eq!(status(&store, &first, "GET", BRANDS, "").await, 401);
    assert_eq!(status(&store, &second, "GET", BRANDS, "").await, 200);
    assert_eq!(status(&store, store.token(), "GET", BRANDS, "").await, 200);
    assert!(!format!("{:?}", store.log()).contains(&second));
}
