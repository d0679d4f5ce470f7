use super::*;

fn one(body: &str) -> Problem {
    let mut problems = Problem::parse(body.as_bytes());
    assert_eq!(problems.len(), 1, "{body}: {problems:?}");
    problems.remove(0)
}

fn title(body: &str) -> String {
    one(body).title.unwrap_or_default()
}

fn fields(problem: &Problem) -> Vec<(&str, &str)> {
    problem
        .fields
        .iter()
        .map(|f| (f.field.as_str(), f.message.as_str()))
        .collect()
}

#[test]
fn the_usual_v3_problem_is_read_with_its_fields() {
    let problem = one(concat!(
        r#"{"status":422,"title":"Bad","type":"/docs/422","code":9,"detail":"More","#,
        r#""errors":{"name":"too long","0.sku":"taken",".customer_create":["a","b"],"#,
        r#""primary":{"district":"wrong"}}}"#
    ));
    assert_eq!(problem.status.as_deref(), Some("422"));
    assert_eq!(problem.r#type.as_deref(), Some("/docs/422"));
    assert_eq!(problem.code.as_deref(), Some("9"));
    assert_eq!(problem.detail.as_deref(), Some("More"));
    assert_eq!(
        fields(&problem),
        [
            ("name", "too long"),
            ("0.sku", "taken"),
            ("customer_create", "a"),
            ("customer_create", "b"),
            ("primary.district", "wrong")
        ]
    );
    assert_eq!(problem.fields[1].index(), Some(0));
    assert_eq!(problem.fields[0].index(), None);
    for empty in ["{}", "[]", "null", "\"\""] {
        let body = format!(r#"{{"status":403,"title":"No","errors":{empty}}}"#);
        assert_eq!(title(&body), "No");
        assert_eq!(fields(&one(&body)), []);
    }
}

#[test]
fn problems_under_data_are_read_but_records_are_not() {
    let refused = r#"{"data":[{"status":422,"title":"No store credit","type":"/docs/422"}]}"#;
    assert_eq!(title(refused), "No store credit");
    let gone = one(r#"{"data":[{"order_id":1,"status":503,"error":"Gone away"}],"meta":{}}"#);
    assert_eq!(gone.title.as_deref(), Some("Gone away"));
    assert_eq!(gone.status.as_deref(), Some("503"));
    let records = r#"{"data":[{"id":7,"status":"active","title":"Market"}],"meta":{}}"#;
    assert!(Problem::parse(records.as_bytes()).is_empty());
    let both = r#"{"title":"Rejected","data":[{"status":422,"title":"Again"}]}"#;
    assert_eq!(title(both), "Rejected");
}

#[test]
fn a_v2_list_gives_one_problem_each() {
    let body =
        r#"[{"status":400,"message":"a","details":{"conflict":"x"}},{"status":404,"message":"b"}]"#;
    let problems = Problem::parse(body.as_bytes());
    assert_eq!(problems[0].title.as_deref(), Some("a"));
    assert_eq!(fields(&problems[0]), [("conflict", "x")]);
    assert_eq!(problems[1].title.as_deref(), Some("b"));
}

#[test]
fn errors_of_a_list_an_object_or_beside_data_are_problems() {
    assert_eq!(
        title(r#"{"errors":[{"status":404,"title":"Gone","type":"x"}]}"#),
        "Gone"
    );
    let batch = r#"{"data":[],"errors":[{"status":409,"title":"Taken","errors":{"key":"dup"}}],
        "meta":{"total":1,"success":0,"failed":1}}"#;
    let problem = one(batch);
    assert_eq!(problem.title.as_deref(), Some("Taken"));
    assert_eq!(fields(&problem), [("key", "dup")]);
    let tree =
        r#"{"errors":{"status":422,"title":"Invalid","type":"x","errors":{"name":"n"}},"meta":{}}"#;
    assert_eq!(fields(&one(tree)), [("name", "n")]);
    assert_eq!(title(tree), "Invalid");
}

#[test]
fn batch_errors_are_problems() {
    let variants = r#"{"batch_errors":[{"status":422,"title":"Bad","errors":{"price":"low"}}]}"#;
    assert_eq!(fields(&one(variants)), [("price", "low")]);
    let records = r#"{"batch_errors":[{"data":{"variant_id":1},"field_errors":{"price":"low"}}]}"#;
    assert_eq!(fields(&one(records)), [("price", "low")]);
    assert_eq!(
        one(records).about,
        [("variant_id".to_owned(), "1".to_owned())]
    );
    let bare = r#"{"data":{"variant_id":1},"field_errors":{"price":"low"}}"#;
    assert_eq!(fields(&one(bare)), [("price", "low")]);
}

#[test]
fn the_smaller_shapes_are_read() {
    let busy =
        r#"{"error":{"code":"E1","message":"Busy","details":"later","retry_after_seconds":5}}"#;
    let problem = one(busy);
    assert_eq!(problem.title.as_deref(), Some("Busy"));
    assert_eq!(problem.detail.as_deref(), Some("later"));
    assert_eq!(problem.code.as_deref(), Some("E1"));
    assert!(problem.fields.is_empty());
    assert_eq!(
        title(r#"{"code":403,"message":"Missing scope"}"#),
        "Missing scope"
    );
    assert_eq!(
        title(r#"{"status":"403","title":"No","error":"why"}"#),
        "No"
    );
    assert_eq!(
        title(r#"{"error":"Authentication Required."}"#),
        "Authentication Required."
    );
    assert_eq!(
        fields(&one(r#"{"errors":["a","b"],"meta":{}}"#)),
        [("", "a"), ("", "b")]
    );
}

#[test]
fn what_is_no_json_is_a_text_a_page_or_nothing() {
    assert_eq!(title("Unauthorized\n"), "Unauthorized");
    assert_eq!(title("\"Unauthorized\""), "Unauthorized");
    assert_eq!(
        title("<html><TITLE>502 Bad Gateway</TITLE></html>"),
        "502 Bad Gateway"
    );
    for nothing in ["", " \n", "null", "{}", "[]", "<html></html>", "[[], {}]"] {
        assert!(Problem::parse(nothing.as_bytes()).is_empty(), "{nothing}");
    }
    assert_eq!(title("caf\u{e9}"), "caf\u{e9}");
    for bytes in [&b"\xff\xfe"[..], b"\x1f\x8b\x08\x00", b"Not\0text"] {
        assert!(Problem::parse(bytes).is_empty(), "{bytes:?}");
    }
    let deep = format!("{}{}", "[".repeat(9999), "]".repeat(9999));
    assert_eq!(title(&deep).len(), LONGEST);
}

#[test]
fn errors_of_a_partial_success_are_read_in_every_form() {
    assert!(Problem::within("[]").is_empty());
    assert!(Problem::within("{}").is_empty());
    assert!(Problem::within("null").is_empty());
    assert_eq!(
        Problem::within(r#"[{"status":422,"title":"a"},{"title":"b"}]"#).len(),
        2
    );
    assert_eq!(Problem::within(r#"{"status":422,"title":"a"}"#).len(), 1);
    assert_eq!(
        fields(&Problem::within(r#"{"inventory":"failed"}"#)[0]),
        [("inventory", "failed")]
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_what_is_said() {
    let problem = one("\u{feff}{\"status\":422,\"title\":\"Bad\",\"errors\":{\"name\":\"taken\"}}");
    assert_eq!(problem.title.as_deref(), Some("Bad"));
    assert_eq!(fields(&problem), [("name", "taken")]);
    assert_eq!(title("\u{feff}<html><title>Down</title></html>"), "Down");
    assert!(Problem::parse("\u{feff}".as_bytes()).is_empty());
}
