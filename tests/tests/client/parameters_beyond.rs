//! Query parameters that the API may ignore: those without a method are sent with every page, and none is
//! accepted where ignoring it would do harm.

use bigcommerce_client::{
    CallOptions, Client, Error, ErrorKind, catalogue::Method, products::ProductUpdate,
};
use bigcommerce_tests::server::{Answer, Server, store};

fn with(name: &str, value: &str) -> CallOptions {
    CallOptions::new().query(name, value).unwrap()
}

/// One of three pages, each with one item.
fn page(asked: &[(&str, &str)]) -> Answer {
    let page = asked.iter().find(|(name, _)| *name == "page");
    let page: i64 = page.map_or(1, |(_, page)| page.parse().unwrap());
    let pagination = serde_json::json!({ "total": 3, "count": 1, "per_page": 1, "current_page": page, "total_pages": 3 });
    let body =
        serde_json::json!({ "data": [{ "id": page }], "meta": { "pagination": pagination } });
    Answer::json(200, body.to_string())
}

#[tokio::test]
async fn a_parameter_of_the_options_goes_out_with_every_page_along_with_those_of_the_request() {
    let server = Server::start(|asked| page(&asked.pairs())).await;
    let store = store(&server);
    let list = || store.products().list().is_visible(true).limit(1);
    let options = || with("sku:like", "a b,&c");

    let items = list().with_options(options()).stream().into_vec().await;
    assert_eq!(items.unwrap().len(), 3);
    let first = list().with_options(options()).await.unwrap();
    assert!(first.next_page().await.unwrap().is_some());
    let asked = server.asked();
    assert_eq!(asked.len(), 5);
    for asked in asked {
        let pairs = asked.pairs();
        assert!(pairs.contains(&("sku%3Alike", "a%20b%2C%26c")), "{pairs:?}");
        assert!(pairs.contains(&("is_visible", "true")), "{pairs:?}");
    }
}

#[tokio::test]
async fn a_parameter_is_refused_where_it_would_contradict_or_do_harm() {
    async fn list(store: Client, options: CallOptions) -> Result<(), Error> {
        let list = store.products().list().name("Mug").with_options(options);
        list.await.map(drop)
    }
    async fn remove(store: Client, options: CallOptions) -> Result<(), Error> {
        store.products().delete(7).with_options(options).await
    }
    async fn remove_all(store: Client, options: CallOptions) -> Result<(), Error> {
        let all = store.customers().delete_all([7]).with_options(options);
        all.await.map(drop)
    }
    async fn raw(store: Client, options: CallOptions) -> Result<(), Error> {
        let raw = store.raw(Method::Get, "/v3/x").query("name", "Mug");
        raw.with_options(options).await.map(drop)
    }
    async fn raw_delete(store: Client, options: CallOptions) -> Result<(), Error> {
        let raw = store.raw(Method::Delete, "/v3/catalog/products");
        let raw = raw.query("id:in", "7").with_options(options);
        raw.await.map(drop)
    }
    let server = Server::start(|_| Answer::json(200, r#"{"data":[]}"#)).await;
    let store = store(&server);
    let mut refused = Vec::new();
    for (name, says) in [
        ("name", "itself sets"),
        ("Name", "itself sets"),
        ("name[]", "itself sets"),
        ("is_visible", "itself sets"),
        ("price", "itself sets"),
        ("page", "itself sets"),
        ("limit", "itself sets"),
        ("after", "itself sets"),
    ] {
        refused.push((list(store.clone(), with(name, "1")).await, says));
    }
    refused.push((raw(store.clone(), with("name", "1")).await, "itself sets"));
    let options = || with("is_new", "true");
    refused.push((
        remove(store.clone(), options()).await,
        "ignore the undocumented `is_new`",
    ));
    refused.push((
        remove_all(store.clone(), options()).await,
        "ignore the undocumented `is_new`",
    ));
    refused.push((
        raw_delete(store.clone(), options()).await,
        "ignore the undocumented `is_new`",
    ));
    for (result, says) in refused {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
    assert!(server.asked().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_filter_that_the_api_may_pass_over_is_not_enough_where_one_is_needed() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let products = store(&server).products();
    let delete = || products.delete_matching().is_featured(false);
    let error = delete().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains("`is_featured` alone"), "{error}");
    let options = CallOptions::new().query("name:like", "Mug").unwrap();
    delete().with_options(options).await.unwrap_err();
    assert!(server.asked().is_empty());

    delete().brand_id(7).await.unwrap();
    let asked = server.asked();
    assert!(asked[0].pairs().contains(&("is_featured", "0")));
}

#[tokio::test]
async fn a_delete_by_filters_that_may_have_happened_in_part_is_sent_once() {
    let server = Server::start(|_| Answer::empty(504)).await;
    let delete = store(&server).products().delete_matching().name("Mug");
    delete.await.unwrap_err();
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn a_write_and_a_raw_call_take_a_parameter_too() {
    let server = Server::start(|_| Answer::json(200, r#"{"data":{"id":7}}"#)).await;
    let store = store(&server);
    let update = store.products().update(7, ProductUpdate::new().name("Mug"));
    let options = with("dry_run", "1");
    assert!(!format!("{options:?}").contains('1'), "{options:?}");
    let updated = update.with_options(options).await.unwrap();
    assert!(updated.is_complete());
    let update = store.products().update(7, ProductUpdate::new().name("Mug"));
    let refused = update.with_options(with("include_fields", "id"));
    let updated = refused.with_options(CallOptions::new()).await.unwrap();
    assert!(
        updated.is_complete(),
        "options that are replaced refuse nothing"
    );
    let raw = store.raw(Method::Get, "/v3/x").query("a", 1);
    raw.with_options(with("b", "2")).await.unwrap();
    let lines: Vec<String> = server.asked().iter().map(|it| it.line()).collect();
    assert!(lines[0].ends_with("/v3/catalog/products/7?dry_run=1"));
    assert!(lines[1].ends_with("/v3/catalog/products/7"), "{lines:?}");
    assert!(lines[2].ends_with("/v3/x?a=1&b=2"), "{lines:?}");
}
