//! What is sent: paths, queries, headers and bodies, and what is rejected before that.

use super::{Server, answer};
use crate::json::tests::{Brand, BrandCreate};
use crate::{Direction, Endpoint, ErrorKind};

#[tokio::test]
async fn a_call_goes_out_with_its_path_query_headers_and_body() {
    let server = Server::new(&[&answer(200, r#"{"data":{"id":7},"meta":{}}"#)]).await;
    let mut call = server.call("brands.update").path("brand_id", "a/b é+");
    call.query("name", "x y+ü,&=");
    call.query_list("id:in", [1_i64, 2]);
    call.query_list("include", ["a,b", "c"]);
    call.query_flag("is_featured", true);
    call.query("limit", 1_u32);
    call.query("limit", 2_u32);
    call.sort("id", Direction::Desc);
    let response = call
        .body(&BrandCreate::new("ü"))
        .data::<Brand>()
        .await
        .unwrap();
    assert_eq!(response.value().id, 7);
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-q"], "1");
    assert_eq!(response.body(), r#"{"data":{"id":7},"meta":{}}"#);
    assert_eq!(response.endpoint().map(Endpoint::id), Some("brands.update"));

    let request = server.seen().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    assert_eq!(
        lines.next().unwrap(),
        "PUT /stores/abc123/v3/catalog/brands/a%2Fb%20%C3%A9%2B?name=x%20y%2B%C3%BC%2C%26%3D&\
         id:in=1,2&include=a%2Cb,c&is_featured=1&limit=2&sort=id&direction=desc HTTP/1.1"
    );
    let headers: Vec<String> = lines.map(str::to_lowercase).collect();
    for header in [
        "x-auth-token: s3cret-token",
        "accept: application/json",
        "content-type: application/json",
        "accept-encoding: gzip",
    ] {
        assert!(
            headers.iter().any(|line| line == header),
            "{header} is not in {headers:?}"
        );
    }
    assert!(
        headers
            .iter()
            .any(|line| line.starts_with("user-agent: bigcommerce-client/"))
    );
    assert_eq!(body, r#"{"name":"ü"}"#);
}

#[tokio::test]
async fn a_call_without_a_body_says_nothing_of_one() {
    let server = Server::with(&[&answer(204, "")], |b| b.user_agent("my-app/1")).await;
    let mut call = server.call("orders.list");
    call.sort_joined("date_created", Direction::Desc);
    call.nothing().await.unwrap();
    let request = server.seen().remove(0).to_lowercase();
    assert!(request.starts_with("get /stores/abc123/v2/orders?sort=date_created:desc http/1.1"));
    assert!(!request.contains("content-type"));
    assert!(request.contains("user-agent: my-app/1 bigcommerce-client/"));
}

#[tokio::test]
async fn a_request_shows_what_it_asks_by_and_not_for_whom() {
    let server = Server::new(&[]).await;
    let mut call = server.call("brands.list");
    call.query_list("name:in", ["ada@personal.example"]);
    let shown = format!("{call:?}");
    assert!(shown.contains("name:in"), "{shown}");
    assert!(!shown.contains("personal"), "{shown}");
}

#[tokio::test]
async fn what_cannot_be_sent_safely_is_refused_before_it_leaves() {
    let server = Server::new(&[]).await;
    for id in [
        "", ".", "..", "../", "../7", "7/..", "7/./8", "..\\7", "..;a=b", "7/..;/8", " ", "\t",
        "/", ";a=b", " / ", " .. ", "7/ ../8",
    ] {
        let call = server.call("brands.update").path("brand_id", id);
        let error = call.data::<Brand>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(
            error.to_string(),
            format!("brands.update was not sent: the path parameter `brand_id` cannot be {id:?}")
        );
    }
    let error = server.call("brands.update").nothing().await.unwrap_err();
    assert!(error.to_string().contains("`brand_id` is missing"));
    for id in ["7/8", "...", "a..b", "..a", "a."] {
        let call = server.call("brands.update").path("brand_id", id);
        assert!(call.outgoing().address.is_ok(), "{id}");
    }

    let mut call = server.call("brands.list");
    call.query_list("id:in", Vec::<i64>::new());
    assert_eq!(call.nothing().await.unwrap_err().kind(), ErrorKind::Request);

    let mut call = server.call("brands.list");
    call.query("name", "x".repeat(70_000));
    assert_eq!(call.nothing().await.unwrap_err().kind(), ErrorKind::Request);
}

#[tokio::test]
async fn a_delete_whose_condition_is_blank_is_not_sent_as_the_api_may_take_it_for_none() {
    let server = Server::new(&[&answer(204, "")]).await;
    let delete = || server.call("brands.delete_matching");
    let mut empty = delete();
    empty.query("name", "");
    let mut blanks = delete();
    blanks.query_list("name", ["", " \t"]);
    // The other filter is not enough: without this one, more than intended would match.
    let mut beside = delete();
    beside.query("page_title", "Acme");
    beside.query("name", " ");
    for call in [empty, blanks, beside] {
        let error = call.nothing().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(
            error.to_string(),
            "brands.delete_matching was not sent: `name` has no values, and without it \
             everything would match"
        );
    }
    let mut among = delete();
    among.query_list("name", ["Acme", " "]);
    let mut each = delete();
    each.query_each("name", ["", "Acme"]);
    for call in [among, each] {
        assert_eq!(
            call.nothing().await.unwrap_err().to_string(),
            "brands.delete_matching was not sent: one of the values of `name` is blank, which \
             the API may treat as any value"
        );
    }
    let mut set_again = delete();
    set_again.query("name", "");
    set_again.query("name", "Acme, Inc.,");
    set_again.nothing().await.unwrap();
    assert_eq!(
        server.first_lines(),
        ["DELETE /stores/abc123/v3/catalog/brands?name=Acme%2C%20Inc.%2C HTTP/1.1"]
    );
}
