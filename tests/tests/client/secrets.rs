//! A server that repeats what it was sent: the token is in nothing that the client shows of its
//! responses.

use std::fmt::{Debug, Display};

use base64::{Engine, engine::general_purpose::STANDARD};
use bigcommerce_client::{
    CallOptions, Client, Error, RetryPolicy, app::Callback, brands::BrandCreate, catalogue::Method,
};
use bigcommerce_tests::server::{Answer, Received, STORE_HASH, Server, TOKEN};

/// Every header of the request, as a sentence, as base64 and as the query of a URL.
fn echo(asked: &Received) -> String {
    let headers = asked.headers.iter();
    let said = headers.map(|(name, value)| format!("{name}={}", value.to_str().unwrap()));
    let said: Vec<_> = said.collect();
    let said = said.join("&");
    let body = String::from_utf8_lossy(&asked.body).replace('"', "'");
    format!(
        "{said} {body} {} {}",
        STANDARD.encode(&said),
        TOKEN.replace('-', "%2D")
    )
}

/// The kinds of responses that a server may return, each with the echo wherever a string is allowed.
fn answers(echo: &str) -> Vec<Answer> {
    // JSON may escape any character.
    let odd: String = TOKEN.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    let problem = format!(
        r#"{{"status":"{echo}","title":"{echo}","detail":"{odd}","type":"{echo}","code":"{echo}",
        "errors":{{"{echo}":"{echo}","{odd}":["{odd}",{{"a":"{echo}"}}]}}}}"#
    );
    let list = format!(r#"[{{"status":400,"message":"{echo}","details":{{"{echo}":"{echo}"}}}}]"#);
    let oauth = format!(r#"{{"error":"{echo}","error_description":"{echo}"}}"#);
    // Long strings are truncated: no half of a token may be left.
    let long = format!("{}{TOKEN}", "x".repeat(295));
    let page = format!("<html><title>{echo}</title>{echo}</html>");
    let brand = format!(r#"{{"id":7,"name":"{echo}","{echo}":"{echo}"}}"#);
    let meta = format!(r#"{{"{echo}":"{echo}","pagination":{{"{echo}":1}}}}"#);
    let refusals = [&problem, &list, &oauth, echo, &long, &page];
    let mut all: Vec<_> = [400, 401, 403, 404, 409, 422, 429, 500, 503]
        .into_iter()
        .flat_map(|status| refusals.map(|body| Answer::json(status, body.to_owned())))
        .collect();
    let successes = [
        format!(r#"{{"data":{brand},"meta":{meta}}}"#),
        format!(r#"{{"data":[{brand}],"meta":{meta}}}"#),
        format!(r#"{{"data":[{brand}],"errors":[{problem}],"meta":{meta}}}"#),
        format!(r#"{{"data":{{"id":"{echo}"}}}}"#),
        format!(r#"{{"data":{{"{echo}":{{"{echo}":}}}}}}"#),
        brand.clone(),
        echo.to_owned(),
        page,
    ];
    all.extend(successes.clone().map(|body| Answer::json(200, body)));
    all.extend(successes.map(|body| Answer::json(207, body)));
    all.push(Answer::text(302, echo.to_owned()).header("location", &format!("/?{TOKEN}")));
    all.push(Answer::json(200, echo.to_owned()).cut());
    let named = |it: Answer| {
        it.header("x-echo", TOKEN)
            .header("set-cookie", "id=s3cret-cookie")
    };
    all.into_iter().map(named).collect()
}

fn hides(shown: &str) {
    for hidden in [
        TOKEN,
        "s3cret",
        "t0ken",
        &STANDARD.encode(TOKEN),
        "call-s3cret",
        "s3cret-cookie",
    ] {
        assert!(!shown.contains(hidden), "{hidden} is in {shown}");
    }
}

fn debugged<T: Debug>(shown: &T) {
    hides(&format!("{shown:?}"));
    hides(&format!("{shown:#?}"));
}

fn failed(error: &Error) {
    for cause in error.causes() {
        hides(&cause.to_string());
        hides(&format!("{cause:?}"));
    }
    hides(&error.to_string());
    debugged(error);
    debugged(&error.problems());
    debugged(&error.headers());
}

fn either<T: Debug>(result: &Result<T, Error>) {
    match result {
        Ok(value) => debugged(value),
        Err(error) => failed(error),
    }
}

async fn echoing(at: usize) -> (Server, Client) {
    let server = Server::start(move |asked| answers(&echo(asked)).swap_remove(at)).await;
    let store = Client::builder(STORE_HASH, TOKEN).base_url(server.url());
    let store = store
        .retry(RetryPolicy::never())
        .max_wait(std::time::Duration::ZERO);
    let store = store.build().unwrap();
    (server, store)
}

#[tokio::test]
async fn a_token_that_the_server_repeats_is_shown_by_nothing() {
    for at in 0..answers("").len() {
        let (_server, store) = echoing(at).await;
        let options = || CallOptions::new().header("x-own", "call-s3cret").unwrap();
        either(&store.brands().get(7).send().await);
        let own = store.brands().get(7).with_options(options()).await;
        if let Err(error) = &own {
            failed(error);
        }
        either(&store.brands().list().send().await);
        either(&store.brands().create(BrandCreate::new("Acme")).send().await);
        either(&store.brands().delete(7).send().await);
        either(&store.orders().get(7).await);
        either(&store.customers().create([]).send().await);
        let raw = store.raw(Method::Get, "/v3/catalog/brands/7").await;
        either(&raw);
        if let Ok(raw) = raw {
            either(&raw.json());
            either(&raw.decode::<Vec<i64>>());
            hides(&String::from_utf8_lossy(raw.value()));
        }
    }
}

#[tokio::test]
async fn the_bytes_of_an_answer_stay_as_they_came() {
    let body = format!(r#"{{"data":{{"id":7,"name":"{TOKEN}"}},"title":"{TOKEN}"}}"#);
    let server = Server::start(move |asked| {
        let status = if asked.path.ends_with("/7") { 200 } else { 422 };
        Answer::json(status, body.clone()).header("x-echo", TOKEN)
    })
    .await;
    let store = Client::builder(STORE_HASH, TOKEN)
        .base_url(server.url())
        .build()
        .unwrap();
    let found = store.brands().get(7).send().await.unwrap();
    assert_eq!(found.value().name.as_deref(), Some("[hidden]"));
    assert_eq!(found.headers()["x-echo"], TOKEN);
    assert!(String::from_utf8_lossy(found.body()).contains(TOKEN));
    let error = store.brands().get(8).await.unwrap_err();
    assert_eq!(error.problem().unwrap().title.as_deref(), Some("[hidden]"));
    assert_eq!(error.headers().unwrap()["x-echo"], TOKEN);
    assert!(String::from_utf8_lossy(error.body().unwrap()).contains(TOKEN));
}

#[tokio::test]
async fn what_an_exchange_sends_is_shown_by_nothing_that_it_gets() {
    let granted = |text: &str| {
        let user = format!(r#"{{"id":1,"email":"{text}","username":"{text}"}}"#);
        format!(
            r#"{{"access_token":"{TOKEN}","scope":"store_v2_orders","context":"stores/abc123",
            "user":{user},"owner":{user},"account_uuid":"{text}"}}"#
        )
    };
    let other =
        format!(r#"{{"access_token":"{TOKEN}","scope":"x","context":"{TOKEN} s3cret-code"}}"#);
    for at in 0..answers("").len() + 2 {
        let other = other.clone();
        let server = Server::start(move |asked| {
            let mut all = answers(&echo(asked));
            all.push(Answer::json(200, granted(&echo(asked))));
            all.push(Answer::json(200, other.clone()));
            all.swap_remove(at)
        })
        .await;
        let app = bigcommerce_client::app::App::builder(
            "id",
            "client-s3cret",
            "https://app.example.com/auth",
        );
        let app = app.login_url(server.url()).build().unwrap();
        let query = "code=s3cret-code&scope=store_v2_orders&context=stores%2Fabc123";
        let callback = Callback::parse(query).unwrap();
        let hidden = |shown: &dyn Display| {
            let shown = shown.to_string();
            // The server of this test knows only the token it grants.
            for hidden in [
                "client-s3cret",
                "s3cret-code",
                &STANDARD.encode("s3cret-code"),
            ] {
                assert!(!shown.contains(hidden), "{hidden} is in {shown}");
            }
        };
        match app.exchange(&callback).await {
            Ok(grant) => {
                debugged(&grant);
                debugged(&(&grant.user, &grant.owner, &grant.account_uuid));
            }
            Err(error) => {
                hidden(&error);
                hidden(&format!("{error:?}"));
                if let Some(refusal) = error.refusal() {
                    hidden(&format!(
                        "{refusal} {refusal:?} {refusal:#?} {}",
                        refusal.body
                    ));
                    hidden(&format!("{:?} {:?}", refusal.error, refusal.description));
                }
            }
        }
    }
}

#[test]
fn what_the_spec_says_is_secret_is_not_debugged_by_its_type() {
    use bigcommerce_client::Envelope;
    use bigcommerce_client::carts::CartRedirectUrls;
    use bigcommerce_client::customers::CustomerAuthenticationInput;
    use bigcommerce_client::json;
    use bigcommerce_client::webhooks::{Webhook, WebhookCreate, WebhookUpdate};

    let url = "https://shop.example.com/cart.php?action=load&token=s3cret";
    let urls =
        format!(r#"{{"cart_url":"{url}","checkout_url":"{url}","embedded_checkout_url":"{url}"}}"#);
    let urls: CartRedirectUrls = json::from_str(&urls).unwrap();
    let hook = r#"{"id":7,"scope":"store/order/*","headers":{"x-s3cret":"s3cret"}}"#;
    let hook: Webhook = json::from_str(hook).unwrap();
    let headers = || [("x-s3cret".to_owned(), "s3cret".to_owned())];
    let topic: bigcommerce_client::webhook::Topic = "store/order/*".parse().unwrap();
    let create = WebhookCreate::new()
        .scope(topic)
        .destination("https://example.com/");
    let create = create.headers(headers());
    let update = WebhookUpdate::new().headers(headers());
    let password = CustomerAuthenticationInput::new().new_password("s3cret");
    // An unusual spelling is kept with the field, and so is a value that it cannot represent.
    let odd = |headers: &str| -> Envelope<Vec<Webhook>> {
        let hook = format!(r#"{{"id":7,"headers":{headers}}}"#);
        json::from_str(&format!(r#"{{"data":[{hook},null]}}"#)).unwrap()
    };
    let odd = [
        odd(r#"{"x":"s3cret","y":null}"#),
        odd(r#"["s3cret"]"#),
        odd(r#""s3cret""#),
    ];
    let odd_hooks: Vec<&Webhook> = odd.iter().flat_map(|it| it.data.iter().flatten()).collect();
    assert_eq!(odd_hooks.len(), 3);
    let (odd_one, odd_two) = (&odd_hooks[1].rest, &odd_hooks[2].rest);
    let shown: [&dyn Debug; 9] = [
        &urls, &hook, &create, &update, &password, &odd, &odd_hooks, odd_one, odd_two,
    ];
    for shown in shown {
        debugged(&shown);
        assert!(format!("{shown:?}").contains("[hidden]"), "{shown:?}");
    }
    // They are still there.
    assert_eq!(urls.cart_url.as_deref(), Some(url));
    assert!(json::to_string(&password).contains("s3cret"));
}

#[tokio::test]
async fn a_token_of_digits_that_comes_back_as_a_number_does_not_spoil_the_answer() {
    let digits = "918273645546372819";
    let body = r#"{"data":{"id":7,"name":"918273645546372819","new":918273645546372819}}"#;
    let server = Server::start(move |_| Answer::json(200, body)).await;
    let store = Client::builder(STORE_HASH, digits).base_url(server.url());
    let brand = store.build().unwrap().brands().get(7).send().await.unwrap();
    assert_eq!(brand.value().name.as_deref(), Some("[hidden]"));
    assert!(!format!("{brand:?}").contains(digits), "{brand:?}");
}
