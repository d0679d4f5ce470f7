//! Items and bodies as the caller's own types.

use bigcommerce_client::{
    Envelope, ErrorKind, Number,
    brands::BrandField,
    catalogue::Method,
    json::{self, Json},
};
use bigcommerce_tests::server::{Answer, Server, store};

#[tokio::test]
async fn chosen_fields_are_read_as_a_type_of_the_callers_own() {
    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Name {
        name: String,
        price: Option<Number>,
    }

    let server = Server::script([Answer::json(
        200,
        r#"{"data":[{"id":1,"name":"A","price":"7.00"}]}"#,
    )])
    .await;
    let request = store(&server)
        .brands()
        .list()
        .include_fields([BrandField::Name]);
    let names: Vec<Json<Name>> = request.decoding().stream().into_vec().await.unwrap();
    assert_eq!(json::to_string(&names), r#"[{"name":"A","price":"7.00"}]"#);
    let price = names[0].price.as_ref().map(Number::to_string);
    assert_eq!((&*names[0].name, price.as_deref()), ("A", Some("7.00")));
    let query = server.take().remove(0).query.unwrap();
    assert_eq!(query, "include_fields=name&limit=250");
}

#[tokio::test]
async fn what_a_type_of_the_callers_own_cannot_hold_is_an_error_with_its_place_and_without_its_value()
 {
    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        #[expect(dead_code, reason = "it is never read")]
        name: String,
        #[serde(default)]
        #[expect(dead_code, reason = "it is never read")]
        kind: Kind,
    }

    #[derive(Debug, Default, serde::Deserialize)]
    enum Kind {
        #[default]
        Plain,
    }

    for (row, says) in [
        (
            r#"{"name":"A"},{"name":118}"#,
            "at data[1].name: expected a string, found an integer",
        ),
        (
            r#"{"kind":"Plain"}"#,
            "at data[0]: the field `name` is missing",
        ),
        (
            r#"{"name":"A","rest":"s3cret"}"#,
            "at data[0]: the field `rest` is not known",
        ),
        (
            r#""s3cret""#,
            "at data[0]: expected an object, found a string",
        ),
        (
            r#"{"name":"A","kind":"s3cret"}"#,
            "at data[0].kind: expected a value that its type can hold, found something else",
        ),
    ] {
        let answer = Answer::json(200, format!(r#"{{"data":[{row}],"meta":{{}}}}"#));
        let server = Server::script([answer]).await;
        let request = store(&server).brands().list().decoding::<Json<Row>>();
        let error = request.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let shown = format!("{error}\n{error:?}");
        assert!(shown.contains(says), "{row}: {shown}");
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}

#[test]
fn an_error_in_a_type_of_the_callers_own_has_the_whole_path() {
    #[derive(Debug, serde::Deserialize)]
    struct Product {
        #[expect(dead_code, reason = "it is never read")]
        variants: Vec<Variant>,
    }

    #[derive(Debug, serde::Deserialize)]
    struct Variant {
        #[expect(dead_code, reason = "it is never read")]
        price: f64,
    }

    for (price, found) in [
        (r#""7""#, "string"),
        ("true", "boolean"),
        ("null", "null"),
        ("[[7]]", "list"),
        ("\n {\n}", "object"),
    ] {
        let body = format!(
            r#"{{"data":[{{"variants":[]}},{{"variants":[{{"price":1}},{{"id":[8],"price":{price}}}]}}]}}"#
        );
        let error = json::from_str::<Envelope<Vec<Json<Product>>>>(&body).unwrap_err();
        assert_eq!(error.path(), "data[1].variants[1].price", "{price}");
        assert_eq!(error.expected(), "number", "{price}");
        assert!(error.found().starts_with(found), "{price}: {error}");
        let rest = body.get(error.offset()..).unwrap_or_default();
        assert!(price.contains(&rest[..1]), "{price}: {rest}");
    }
}

#[tokio::test]
async fn a_value_of_the_callers_own_is_sent_and_read_back() {
    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Profile {
        store_name: String,
        plan: Option<String>,
    }

    let server = Server::start(|asked| Answer::json(200, asked.body.clone())).await;
    let sent = Profile {
        store_name: "Acme".to_owned(),
        plan: None,
    };
    let call = store(&server).raw(Method::Put, "/v3/settings/store/profile");
    let answer = call.json(&Json(&sent)).await.unwrap();
    let read: Json<Profile> = answer.json().unwrap().parse().unwrap();
    assert_eq!(read.into_inner(), sent);
}

#[tokio::test]
async fn a_value_of_the_callers_own_that_cannot_be_written_is_not_sent_as_null() {
    let server = Server::start(|_| Answer::json(200, "{}")).await;
    // A JSON key cannot be a pair.
    let prices = std::collections::BTreeMap::from([((77, 80), 3)]);
    let call = store(&server).raw(Method::Put, "/v3/settings/store/profile");
    let call = call.json(&Json(&prices));
    let error = call.clone().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error.to_string().contains("cannot be written as JSON"),
        "{error}"
    );
    assert!(server.asked().is_empty());
    call.body("{}", "application/json").await.unwrap();
    assert_eq!(server.asked().len(), 1);
}
