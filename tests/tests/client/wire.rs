//! Every call over real HTTP: it goes out as the catalogue describes it, and every form of the
//! response that the catalogue describes is understood.

mod expected;

use std::collections::BTreeMap;

use bigcommerce_client::{
    Client, Direction, Endpoint, Envelope, RawJson, brands, json, orders, products, variants,
};
use bigcommerce_tests::{
    Sent, Trip, api,
    choices::Choices,
    generated::{
        calls::{CHOICES, full, plain},
        types::round_trip,
    },
    rows::{Row, rows},
    samples::Samples,
    server::{Answer, Received, STORE_HASH, Server, TOKEN, store},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// What came of a call: the one request that went out, and how its response was read.
struct Called {
    row: Row,
    asked: Received,
    sent: Sent,
}

/// Which of the two calls of an endpoint to make.
#[derive(Clone, Copy, PartialEq)]
enum Which {
    Plain,
    /// Of parameters that exclude each other, the one at this place.
    Full(usize),
}

impl Which {
    /// Every full call.
    fn full() -> impl Iterator<Item = Self> {
        (0..CHOICES).map(Self::Full)
    }

    fn all() -> impl Iterator<Item = Self> {
        Self::full().chain([Self::Plain])
    }
}

/// Makes a call of every endpoint. What the response says does not matter here.
async fn call_all(which: Which) -> Vec<Called> {
    let server = Server::start(|_| Answer::empty(204)).await;
    let store = store(&server);
    let mut called = Vec::new();
    for row in rows() {
        let endpoint = Endpoint::from_id(&row.id).unwrap();
        let sent = match which {
            Which::Plain => plain(&store, endpoint).await,
            Which::Full(choice) => full(&store, endpoint, choice).await,
        };
        let mut asked = server.take();
        assert_eq!(asked.len(), 1, "{}: {asked:?}", row.id);
        let (asked, sent) = (asked.remove(0), sent.unwrap());
        called.push(Called { row, asked, sent });
    }
    called
}

/// Fails with all that was found, when something was.
fn nothing_of(found: Vec<String>) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_catalogue_and_the_client_have_the_same_endpoints() {
    let rows: Vec<String> = rows().into_iter().map(|row| row.id).collect();
    let known: Vec<&str> = Endpoint::ALL.iter().map(|endpoint| endpoint.id()).collect();
    assert_eq!(rows, known);
}

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
            // Only what excludes another parameter is left out of a full call.
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
            // The token of the store goes to no other server.
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
            // A write says what its body is and how long, an empty one too.
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
        // Nothing came behind the head.
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

#[tokio::test]
async fn every_body_is_one_that_the_catalogue_describes() {
    for which in Which::all() {
        let mut unfit = BTreeMap::new();
        for Called { row, asked, .. } in call_all(which).await {
            if row.form().next().is_some() {
                let body = String::from_utf8_lossy(&asked.body);
                for it in row.form().filter(|it| it.required || which != Which::Plain) {
                    let part = format!("form-data; name=\"{}\"", it.name);
                    assert!(body.contains(&part), "{} lacks {part}: {body}", row.id);
                }
                continue;
            }
            let left_out = row.optional_body && which == Which::Plain;
            if row.json_schema.request.is_none() || left_out {
                assert!(asked.body.is_empty(), "{} sends {:?}", row.id, asked.body);
                continue;
            }
            let found = misfits(&row, &asked);
            if !found.is_empty() {
                unfit.insert(row.id, found);
            }
        }
        assert!(unfit.is_empty(), "{unfit:#?}");
    }
}

#[tokio::test]
async fn bodies_with_what_their_inner_objects_need_are_ones_that_the_catalogue_describes() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let store = store(&server);
    let value = variants::VariantOptionValueInput::new().id(7).option_id(8);
    let variant = variants::VariantCreate::new("sku", [value]);
    // What comes of a response without a body does not matter here.
    let _ = store.products().variants(118).create(variant).await;
    let line = orders::OrderLineCreate::new().product_id(118).quantity(1);
    let address = orders::OrderBillingAddressCreate::new("zip");
    let order = orders::OrderCreate::new(address).products([line]);
    let _ = store.orders().create(order).await;
    for (id, asked) in ["variants.create", "orders.create"]
        .into_iter()
        .zip(server.take())
    {
        let row = rows().into_iter().find(|row| row.id == id).unwrap();
        assert_eq!(
            misfits(&row, &asked),
            Vec::<String>::new(),
            "{id}: {asked:?}"
        );
    }
}

/// Where the body of a request is not as its schema says.
fn misfits(row: &Row, asked: &Received) -> Vec<String> {
    let schema = row.json_schema.request.as_ref().unwrap();
    let schema = jsonschema::validator_for(schema).unwrap();
    let body = serde_json::from_slice(&asked.body).unwrap();
    let errors = schema.iter_errors(&body);
    errors
        .map(|error| format!("at {}: {error}", error.instance_path()))
        .collect()
}

#[tokio::test]
async fn an_answer_without_a_body_is_no_value_an_empty_one_or_an_error_that_says_so() {
    for Called { row, sent, .. } in call_all(Which::Plain).await {
        match (expected::kind(&row).as_str(), sent.error) {
            ("()", None) => assert_eq!(sent.value, "()", "{}", row.id),
            ("Page {", None) => {
                assert!(
                    sent.value.starts_with("Page { items: []"),
                    "{}: {}",
                    row.id,
                    sent.value
                );
            }
            ("[" | "Outcome { value: [", None) => {
                assert!(sent.value.contains("[]"), "{}: {}", row.id, sent.value);
            }
            ("Outcome { value: Counts" | "Download {" | "EventStream {", None) => {}
            (_, None) if sent.value == "None" => {
                assert!(row.success.contains(&204), "{}", row.id);
            }
            (_, Some(error)) => {
                let says = "but its response is empty where there should be one to read";
                assert!(error.contains(says), "{}: {error}", row.id);
            }
            (kind, None) => {
                // An object that requires no field may be empty.
                let path = row.rust.response.as_deref().unwrap();
                let inner = path.strip_prefix("bigcommerce_client::Envelope<");
                let inner = inner.and_then(|inner| inner.strip_suffix('>'));
                let empty = round_trip(inner.unwrap_or(path), b"{}");
                let fits = !matches!(empty, Some(Trip::Refused(_)) | None);
                let named = sent.value.starts_with(kind);
                assert!(fits && named, "{}: {} is no {kind}", row.id, sent.value);
            }
        }
    }
}

#[tokio::test]
async fn every_answer_that_the_catalogue_describes_is_read_as_its_type() {
    let api = api();
    let samples = Samples::new(&api);
    let mut found = Vec::new();
    for row in rows() {
        let endpoint = Endpoint::from_id(&row.id).unwrap();
        let schema = row.json_schema.response.as_ref();
        let schema = schema.map(|schema| jsonschema::validator_for(schema).unwrap());
        let target = row
            .rust
            .response
            .as_deref()
            .map(|path| samples.target(path).unwrap());
        let bodies: Vec<Option<String>> = match target {
            Some(target) => {
                let body =
                    |seed| samples.body(&target, &mut Choices::new(&expected::numbers(seed)));
                (0..8).map(|seed| Some(body(seed))).collect()
            }
            None => vec![None],
        };
        let answers = bodies.iter().flat_map(|body| {
            let row = &row;
            let forms =
                move |status: &u16| (*status, body.clone().map(|body| form(row, *status, body)));
            row.success.iter().map(forms)
        });
        for (at, (status, body)) in answers.enumerate() {
            // The plainest body is as the schema says; the others are odder than any schema admits.
            let plainest = at < row.success.len();
            if let (Some(body), Some(schema), true) = (&body, &schema, plainest) {
                let body = serde_json::from_str(body).unwrap();
                let errors = schema.iter_errors(&body).map(|error| error.to_string());
                found.extend(errors.map(|error| format!("{} {status}: {error}", row.id)));
            }
            if let Some((path, body)) = decoded_by(&row, status).zip(body.as_deref()) {
                let trip = round_trip(path, body.as_bytes()).unwrap();
                if let Trip::Refused(error) = trip {
                    found.push(format!("{} {status} as {path}: {error} in {body}", row.id));
                }
            }
            let answer = match &body {
                Some(body) if status != 204 => Answer::json(status, body.clone()),
                _ => Answer::empty(status),
            };
            let server = Server::script([answer]).await;
            let sent = plain(&store(&server), endpoint).await.unwrap();
            let kind = expected::kind(&row);
            // A value that a 204 can leave out is an option.
            let optional = sent.value.strip_prefix("Some(");
            let optional = optional.filter(|_| row.success.contains(&204));
            let left_out = status == 204 && sent.value == "None";
            let is_kind = optional.unwrap_or(&sent.value).starts_with(&kind);
            if sent.status != Some(status) || !(left_out || is_kind) {
                let body = body.unwrap_or_default();
                found.push(format!(
                    "{} {status} as {kind}: {sent:?} from {body}",
                    row.id
                ));
            }
        }
    }
    nothing_of(found);
}

/// The body that comes with a status: after a partial success, one thing may stand in a list.
fn form(row: &Row, status: u16, body: String) -> String {
    if status != 207 || row.rust.partial.is_none() {
        return body;
    }
    let mut whole: Envelope<RawJson> = json::from_str(&body).unwrap();
    whole.data = whole
        .data
        .map(|data| RawJson::new(&format!("[{data}]")).unwrap());
    json::to_string(&whole)
}

/// The type that decodes the body of a success with this status.
fn decoded_by(row: &Row, status: u16) -> Option<&str> {
    let partial = row.rust.partial.as_deref().filter(|_| status == 207);
    partial
        .or(row.rust.response.as_deref())
        .filter(|_| status != 204)
}

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
async fn a_body_with_fields_that_exclude_each_other_is_not_sent() {
    let server = Server::start(|_| Answer::empty(204)).await;
    let billing = || orders::OrderBillingAddressCreate::new("78701");
    let line = || orders::OrderLineCreate::new().product_id(118).quantity(1);
    let picked_up = || orders::OrderConsignmentsCreate::new([]);
    let order = orders::OrderCreate::new(billing()).products([line()]);
    let both = order.clone().consignments(picked_up());
    let error = store(&server).orders().create(both).await.unwrap_err();
    assert!(!error.may_have_happened());
    let text = error.to_string();
    let names = [
        "`products`",
        "`consignments`",
        "exclude each other; set one",
    ];
    assert!(names.iter().all(|name| text.contains(name)), "{text}");
    assert!(server.take().is_empty());
    let _ = store(&server).orders().create(order).send().await;
    assert_eq!(server.take().len(), 1);
}

#[tokio::test]
async fn a_date_that_is_none_is_not_sent() {
    let server = Server::start(|_| Answer::json(200, r#"{"data":[],"meta":{}}"#)).await;
    let store = store(&server);
    let list = store.products().list().date_modified_min("soon").await;
    let product = products::ProductUpdate::new().preorder_release_date("2026-02-31T00:00:00Z");
    let update = store.products().update(7, product).await;
    let errors = [list.unwrap_err(), update.unwrap_err()];
    let said = errors.map(|error| error.to_string());
    assert!(
        said[0].ends_with("was not sent: `soon` is no moment"),
        "{}",
        said[0]
    );
    assert!(
        said[1].ends_with("`2026-02-31T00:00:00Z` is no moment"),
        "{}",
        said[1]
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
