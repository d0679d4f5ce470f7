//! The client in a program: in types of `serde`, and in code that is not `async`.

use bigcommerce_client::{
    ErrorKind, Number, brands::Brand, json, orders::Order, products::ProductCreate,
};
use bigcommerce_tests::server::{Answer, Server, store};

#[test]
fn models_can_be_fields_of_serde_types_and_come_back() {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Mine {
        note: String,
        brand: Brand,
        price: Option<Number>,
    }

    let text = concat!(
        r#"{"note":"n","brand":{"id":7,"name":"A","image_url":"","meta_keywords":["a",null],"#,
        r#""surprise":{"x":[1,2.5,true,null,"é"]}},"price":"7.00"}"#
    );
    let mine: Mine = serde_json::from_str(text).unwrap();
    assert_eq!((mine.brand.id, mine.brand.name.as_deref()), (7, Some("A")));
    assert_eq!(mine.brand.rest.len(), 2);
    let written = serde_json::to_value(&mine).unwrap();
    assert_eq!(
        written,
        serde_json::from_str::<serde_json::Value>(text).unwrap()
    );

    let yaml = serde_yaml::to_string(&mine).unwrap();
    let back: Mine = serde_yaml::from_str(&yaml).unwrap();
    assert_eq!((back.brand, back.note), (mine.brand, mine.note));
}

#[test]
fn the_types_of_other_crates_in_signatures_are_within_reach_of_the_client_alone() {
    use bigcommerce_client::{
        Client, DateTime, Error, bytes::Bytes, download::Download, futures_core::Stream, http,
        jiff, rust_decimal::Decimal, secrecy::SecretString, storefront::CheckoutUrl,
        tower_service::Service, transport::HttpTransport, url::Url,
    };

    fn is_service<S: Service<http::Request<Bytes>, Response = http::Response<Bytes>>>() {}
    fn is_stream<S: Stream<Item = Result<Bytes, Error>>>() {}

    is_service::<HttpTransport>();
    is_stream::<Download>();
    assert_eq!(Number::from(Decimal::new(2495, 2)).to_string(), "24.95");
    let epoch = DateTime::from(jiff::Timestamp::UNIX_EPOCH);
    assert_eq!(epoch.timestamp(), Some(jiff::Timestamp::UNIX_EPOCH));
    let url: Url = CheckoutUrl::new("https://shop.example.com")
        .item(12, 1)
        .build()
        .unwrap();
    assert_eq!(url.host_str(), Some("shop.example.com"));
    assert!(Client::new("abc123", SecretString::from("token")).is_ok());
}

#[test]
fn what_serde_provides_is_decoded_by_the_same_codec() {
    let error = serde_json::from_str::<Brand>(r#"{"nmae":"A"}"#)
        .err()
        .unwrap();
    assert!(
        error.to_string().contains("the field `id` is missing"),
        "{error}"
    );
    let error = serde_yaml::from_str::<ProductCreate>("nmae: A")
        .err()
        .unwrap();
    assert!(error.to_string().contains("`nmae` is not known"), "{error}");
    let order: Order = serde_yaml::from_str("id: 118\ntotal_inc_tax: '7.0000'\n").unwrap();
    assert_eq!(
        json::to_string(&order),
        r#"{"id":118,"total_inc_tax":"7.0000"}"#
    );
}

#[test]
fn numbers_with_more_digits_than_a_float_holds_stay_exact() {
    let number: Number = "0.1234567890123456789".parse().unwrap();
    let text = serde_json::to_string(&number).unwrap();
    assert_eq!(text, r#""0.1234567890123456789""#);
    let back: Number = serde_json::from_str(&text).unwrap();
    assert_eq!(back.value(), number.value());
}

/// A server on its own runtime, and its store.
fn serve(answers: Vec<Answer>) -> (tokio::runtime::Runtime, Server) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let server = runtime.block_on(Server::script(answers));
    (runtime, server)
}

#[test]
fn a_script_waits_for_calls_and_lists_without_async() {
    let page = |ids: &str| {
        let body = format!(r#"{{"data":[{ids}],"meta":{{"pagination":{{"total_pages":2}}}}}}"#);
        Answer::json(200, body)
    };
    let (_runtime, server) = serve(vec![
        Answer::json(200, r#"{"data":{"id":7}}"#),
        page(r#"{"id":1}"#),
        page(r#"{"id":2}"#),
        page(r#"{"id":3}"#),
        Answer::json(422, r#"{"title":"no"}"#),
    ]);
    let store = store(&server);
    assert_eq!(store.brands().get(7).blocking().unwrap().id, 7);
    let ids: Vec<i64> = store
        .brands()
        .list()
        .stream()
        .blocking()
        .map(|brand| brand.unwrap().id)
        .collect();
    assert_eq!(ids, [1, 2]);
    let first = store.brands().list().first().blocking().unwrap();
    assert_eq!(first.map(|it| it.id), Some(3));
    let errors = store.brands().list().pages().blocking();
    assert_eq!(errors.map(|page| page.is_err()).collect::<Vec<_>>(), [true]);
}

const EXPORT: &str = "9b0d7f6e-2c1a-4f64-a1d5-3f0a7c2e8b11";

#[test]
fn a_script_reads_a_file_piece_by_piece_whole_or_to_disk_without_async() {
    let (runtime, server) = serve(vec![Answer::text(200, "from,to\n"); 4]);
    let store = store(&server);
    let file = || {
        let call = store.redirects().download_export(EXPORT);
        let file = call.blocking().unwrap();
        assert_eq!(file.length(), Some(8));
        file.blocking()
    };
    assert_eq!(file().bytes().unwrap(), "from,to\n");
    let pieces: Result<Vec<_>, _> = file().collect();
    assert_eq!(pieces.unwrap().concat(), b"from,to\n");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    assert_eq!(file().save_to(&path).unwrap(), 8);
    assert_eq!(std::fs::read(&path).unwrap(), b"from,to\n");
    let inside = file();
    let errors = runtime.block_on(async { inside.map(|piece| piece.is_err()).collect::<Vec<_>>() });
    assert_eq!(errors, [true]);
}

#[test]
fn a_script_reads_the_file_and_the_events_of_a_raw_call_without_async() {
    let events = "id: 1\ndata: a\n\nid: 2\ndata: b\n\n";
    let (runtime, server) = serve(vec![
        Answer::text(200, "from,to\n"),
        Answer::text(200, events).header("content-type", "text/event-stream"),
    ]);
    let store = store(&server);
    let call = || store.raw(http::Method::GET, "/v3/somewhere");
    let file = call().download().blocking().unwrap();
    assert_eq!(file.status(), 200);
    assert_eq!(file.into_value().blocking().bytes().unwrap(), "from,to\n");
    let events = call().events().blocking().unwrap().into_value();
    let all: Vec<String> = events.blocking().map(|event| event.unwrap().data).collect();
    assert_eq!(all, ["a", "b"]);
    let inside = runtime.block_on(async {
        let file = call().download().blocking().unwrap_err();
        let events = call().events().blocking().unwrap_err();
        [file.kind(), events.kind()]
    });
    assert_eq!(inside, [ErrorKind::Build; 2]);
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn blocking_inside_async_code_is_an_error_and_no_panic() {
    let (runtime, server) = serve(Vec::new());
    let store = store(&server);
    let error = runtime.block_on(async { store.brands().get(7).blocking().unwrap_err() });
    assert!(error.to_string().contains("use `.await` there"), "{error}");
    let errors = runtime.block_on(async { store.brands().list().stream().blocking().count() });
    assert_eq!(errors, 1);
    assert!(server.asked().is_empty());
}
