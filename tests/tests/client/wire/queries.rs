//! How values are written in a query: lists, encoded characters, booleans, sorting and dates.

use bigcommerce_client::{
    DateTime, Direction, brands, catalogue::Method, number, orders, products,
};
use bigcommerce_tests::server::{Answer, Server, store};

#[tokio::test]
async fn the_items_of_a_list_are_joined_by_commas_and_their_own_commas_are_not() {
    let server = Server::start(|_| Answer::json(200, r#"{"data":[],"meta":{}}"#)).await;
    let store = store(&server);
    let list = store
        .products()
        .list()
        .id_in([1, 2, 3])
        .sku_in(["a,b", "c d", "ü"]);
    let list = list.include_fields([products::ProductField::Name, products::ProductField::Sku]);
    list.await.unwrap();
    let query = "id:in=1,2,3&sku:in=a%2Cb,c%20d,%C3%BC&include_fields=name,sku";
    assert_eq!(server.take()[0].query.as_deref(), Some(query));
}

#[tokio::test]
async fn parts_of_names_are_a_list_and_credit_is_an_exact_number() {
    let server = Server::start(|asked| {
        if asked.path.contains("/v2/") {
            Answer::empty(204)
        } else {
            Answer::json(200, r#"{"data":[],"meta":{}}"#)
        }
    })
    .await;
    let store = store(&server);
    let parts = ["idaash", "a,b"];
    store.customers().list().name_like(parts).await.unwrap();
    #[allow(deprecated, reason = "all calls of V2 are")]
    let list = store.customers_v2().list().store_credit(number!(12.50));
    list.await.unwrap();
    let asked = server.take();
    assert_eq!(asked[0].query.as_deref(), Some("name:like=idaash,a%2Cb"));
    assert_eq!(asked[1].query.as_deref(), Some("store_credit=12.50"));
}

#[tokio::test]
async fn what_means_something_in_a_query_is_encoded_in_a_value() {
    let server = Server::start(|_| Answer::json(200, r#"{"data":[],"meta":{}}"#)).await;
    let store = store(&server);
    store
        .brands()
        .list()
        .name("A&B = C+D? #1 %20 / \u{1f600}")
        .await
        .unwrap();
    let query = "name=A%26B%20%3D%20C%2BD%3F%20%231%20%2520%20%2F%20%F0%9F%98%80";
    assert_eq!(server.take()[0].query.as_deref(), Some(query));
}

#[tokio::test]
async fn a_flag_is_one_or_zero_where_the_api_wants_it_and_a_sort_is_two_parameters_or_one() {
    let server = Server::start(|_| Answer::json(200, r#"{"data":[],"meta":{}}"#)).await;
    let store = store(&server);
    store
        .products()
        .list()
        .is_visible(false)
        .is_featured(true)
        .is_free_shipping(false)
        .await
        .unwrap();
    assert_eq!(
        server.take()[0].query.as_deref(),
        Some("is_visible=false&is_featured=1&is_free_shipping=0")
    );

    store
        .brands()
        .list()
        .sort(brands::BrandSort::Name, Direction::Asc)
        .await
        .unwrap();
    assert_eq!(
        server.take()[0].query.as_deref(),
        Some("sort=name&direction=asc")
    );

    let sort = orders::OrderSort::DateCreated;
    store
        .orders()
        .list()
        .sort(sort, Direction::Desc)
        .await
        .unwrap();
    assert_eq!(
        server.take()[0].query.as_deref(),
        Some("sort=date_created:desc")
    );
}

#[tokio::test]
async fn a_parameter_that_is_set_again_has_its_last_value() {
    let server = Server::start(|_| Answer::json(200, r#"{"data":[],"meta":{}}"#)).await;
    store(&server)
        .brands()
        .list()
        .limit(5)
        .name("a")
        .limit(6)
        .await
        .unwrap();
    assert_eq!(server.take()[0].query.as_deref(), Some("limit=6&name=a"));
}

#[tokio::test]
async fn an_invalid_date_is_not_sent() {
    let server = Server::start(|_| Answer::json(200, r#"{"data":[],"meta":{}}"#)).await;
    let store = store(&server);
    let list = store.products().list().date_modified_min("soon").await;
    let product = products::ProductUpdate::new().preorder_release_date("2026-02-31T00:00:00Z");
    let update = store.products().update(7, product).await;
    let errors = [list.unwrap_err(), update.unwrap_err()];
    let said = errors.map(|error| error.to_string());
    assert!(
        said[0].ends_with("was not sent: `soon` is not a date-time"),
        "{}",
        said[0]
    );
    assert!(
        said[1].ends_with("`2026-02-31T00:00:00Z` is not a date-time"),
        "{}",
        said[1]
    );
    let raw = store
        .raw(Method::Get, "/v3/catalog/products")
        .query("date_modified:min", DateTime::from("soon"))
        .query("limit", 5)
        .await;
    let said = raw.unwrap_err().to_string();
    assert!(
        said.ends_with("was not sent: `soon` is not a date-time"),
        "{said}"
    );
    assert!(server.take().is_empty());
    let spelled = store
        .products()
        .list()
        .date_modified_min("2026-01-31")
        .await;
    assert!(
        spelled.is_ok() && server.take().len() == 1,
        "a day is the moment it begins"
    );
}
