//! The head of every request: its method, path, query and headers.

use std::collections::BTreeMap;

use bigcommerce_client::Client;
use bigcommerce_tests::{
    rows::rows,
    server::{STORE_HASH, TOKEN},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::{Called, Which, call_all, expected, nothing_of};

#[tokio::test]
async fn every_call_goes_to_its_method_and_path() {
    for which in Which::all() {
        for Called { row, asked, .. } in call_all(which).await {
            assert_eq!(asked.method, row.method.as_str(), "{}", row.id);
            let path = format!("/stores/{STORE_HASH}{}", expected::path(&row));
            assert_eq!(asked.path, path, "{}", row.id);
        }
    }
}

#[tokio::test]
async fn a_full_call_sends_every_parameter_under_its_name_and_in_its_form() {
    let mut found = Vec::new();
    let mut missing: BTreeMap<String, Vec<(String, String)>> = rows()
        .into_iter()
        .map(|row| (row.id.clone(), expected::query(&row)))
        .collect();
    for which in Which::full() {
        for Called { row, asked, .. } in call_all(which).await {
            let sent = asked.pairs();
            let expected = expected::query(&row);
            let missing = missing.get_mut(&row.id).unwrap();
            missing.retain(|(name, value)| !sent.contains(&(name, value)));
            let unknown = sent.iter().filter(|(name, value)| {
                let mut known = expected.iter();
                !known.any(|(n, v)| n == name && v == value)
            });
            found.extend(unknown.map(|pair| format!("{}: {pair:?} is not expected", row.id)));
            // Only parameters that exclude another one are omitted from a full call.
            let left_out = expected.len() - sent.len();
            let excluded = row.at_most_one_of.iter().map(|set| set.len() - 1);
            if left_out > excluded.sum() {
                found.push(format!("{}: sent {sent:?} of {expected:?}", row.id));
            }
        }
    }
    let missing = missing.iter().filter(|(_, missing)| !missing.is_empty());
    found.extend(missing.map(|(id, missing)| format!("{id}: {missing:?} was never sent")));
    nothing_of(found);
}

#[tokio::test]
async fn a_plain_call_sends_no_parameter_that_it_does_not_need() {
    for Called { row, asked, .. } in call_all(Which::Plain).await {
        let expected = expected::query(&row);
        let sent = asked.pairs();
        for (name, value) in &sent {
            let known = expected.iter().any(|(n, v)| n == name && v == value);
            assert!(known, "{}: {name}={value}", row.id);
        }
        let needed = row
            .parameters
            .iter()
            .filter(|p| p.place == "query" && p.required)
            .count();
        let needed = if row.needs_filter {
            needed.max(1)
        } else {
            needed
        };
        assert_eq!(sent.len(), needed, "{}: {sent:?}", row.id);
    }
}

#[tokio::test]
async fn every_call_carries_the_headers_it_needs_and_no_others_of_meaning() {
    let usual = [
        "accept",
        "accept-encoding",
        "content-length",
        "content-type",
        "host",
        "user-agent",
    ];
    for which in Which::all() {
        for Called { row, asked, .. } in call_all(which).await {
            let id = &row.id;
            // The store's token is sent to no other server.
            let elsewhere = row.server.is_some();
            let own_token = (!elsewhere).then_some(TOKEN);
            assert_eq!(asked.header("x-auth-token"), own_token, "{id}");
            let paid = elsewhere.then_some("PAT the-token");
            assert_eq!(asked.header("authorization"), paid, "{id}");
            let accept = match row.stream.as_deref() {
                _ if elsewhere => "application/vnd.bc.v1+json",
                Some("events") => "text/event-stream",
                Some(_) => row.media_type.as_deref().unwrap_or("*/*"),
                None => "application/json",
            };
            assert_eq!(asked.header("accept"), Some(accept), "{id}");
            let agent = asked.header("user-agent").unwrap();
            assert!(agent.starts_with("bigcommerce-client/"), "{id}: {agent}");
            // A write announces the type and length of its body, even of an empty one.
            let sent = row.json_schema.request.is_some() && !asked.body.is_empty();
            let body = sent || ["POST", "PUT"].contains(&&*row.method);
            let kind = asked.header("content-type");
            if row.form().next().is_some() && !asked.body.is_empty() {
                let form = kind.unwrap_or_default();
                assert!(
                    form.starts_with("multipart/form-data; boundary="),
                    "{id}: {form}"
                );
            } else {
                assert_eq!(kind, body.then_some("application/json"), "{id}");
            }
            let length = body.then(|| asked.body.len().to_string());
            assert_eq!(asked.header("content-length"), length.as_deref(), "{id}");
            let own: Vec<_> = row
                .parameters
                .iter()
                .filter(|it| it.place == "header")
                .collect();
            for it in own.iter().filter(|it| it.required || which != Which::Plain) {
                assert!(asked.header(&it.name).is_some(), "{id} lacks `{}`", it.name);
            }
            for name in asked.headers.keys() {
                let known = name == "x-auth-token"
                    || (elsewhere && name == "authorization")
                    || usual.contains(&name.as_str())
                    || own
                        .iter()
                        .any(|it| it.name.eq_ignore_ascii_case(name.as_str()));
                assert!(known, "{id} sends `{name}`");
            }
        }
    }
}

#[tokio::test]
async fn a_write_without_a_body_says_on_the_wire_that_its_body_is_empty() {
    for (method, says) in [
        (http::Method::POST, true),
        (http::Method::PUT, true),
        (http::Method::PATCH, true),
        (http::Method::DELETE, false),
        (http::Method::GET, false),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let store = Client::builder(STORE_HASH, TOKEN).base_url(url);
        let store = store.build().unwrap();
        let call = store.raw(method.clone(), "/v3/checkouts/118/orders");
        let call = tokio::spawn(call.send());
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"\r\n\r\n") {
            assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0);
        }
        let answer = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
        stream.write_all(answer).await.unwrap();
        call.await.unwrap().unwrap();
        // Nothing followed the head.
        assert_eq!(stream.read_buf(&mut bytes).await.unwrap_or(0), 0);
        let head = String::from_utf8(bytes).unwrap().to_lowercase();
        let line = format!("{method} /stores/abc123/v3/checkouts/118/orders http/1.1\r\n");
        assert!(head.starts_with(&line.to_lowercase()), "{head}");
        for header in ["content-length: 0", "content-type: application/json"] {
            let there = head.lines().filter(|line| *line == header).count();
            assert_eq!(there, usize::from(says), "{method}: {header} in {head}");
        }
        assert!(!head.contains("transfer-encoding"), "{head}");
    }
}
