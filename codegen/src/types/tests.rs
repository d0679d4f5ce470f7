use super::*;

fn parse(text: &str) -> TypeExpr {
    TypeExpr::parse(text).unwrap()
}

fn error(text: &str) -> (TypeErrorKind, Range<usize>) {
    let error = TypeExpr::parse(text).unwrap_err();
    (error.kind, error.range)
}

#[test]
fn every_word_of_the_grammar_reads_and_prints_alike() {
    for prim in Prim::ALL {
        assert_eq!(parse(prim.as_str()), TypeExpr::Prim(prim));
    }
    for text in [
        "[int]",
        "{[string]}",
        "{string?}",
        "[string?]",
        "[{[Brand]?}]",
        "link [Image]",
        "one_or_many Page",
        "products.Product",
        "[shared.Money]",
    ] {
        assert_eq!(parse(text).to_string(), text);
    }
    assert_eq!(
        parse(" [ Brand ] "),
        TypeExpr::List(Box::new(TypeExpr::named("Brand")))
    );
    assert_eq!(parse("link [Image]").leaf(), &TypeExpr::named("Image"));
}

#[test]
fn an_error_names_the_bytes_that_are_wrong() {
    assert_eq!(error(""), (TypeErrorKind::Missing, 0..0));
    assert_eq!(error("[]"), (TypeErrorKind::Missing, 1..2));
    assert_eq!(
        error("[strng]"),
        (TypeErrorKind::UnknownWord("strng".into()), 1..6)
    );
    assert_eq!(error("[Brand"), (TypeErrorKind::Unclosed('['), 0..1));
    assert_eq!(error("Brand]"), (TypeErrorKind::Trailing("]".into()), 5..6));
    assert_eq!(
        error("int string"),
        (TypeErrorKind::Trailing("string".into()), 4..10)
    );
    for (text, at) in [("int?", 3), ("[int??]", 5), ("{int??}", 5), ("{int}?", 5)] {
        assert_eq!(error(text), (TypeErrorKind::Question, at..at + 1), "{text}");
    }
    assert_eq!(error("{json?}"), (TypeErrorKind::NullAlready, 5..6));
    assert_eq!(error("[json?]"), (TypeErrorKind::NullAlready, 5..6));
    assert_eq!(error("link"), (TypeErrorKind::Missing, 4..4));
    assert_eq!(
        error("orders.order"),
        (TypeErrorKind::UnknownWord("order".into()), 7..12)
    );
    assert_eq!(error("orders."), (TypeErrorKind::Missing, 0..7));
    assert_eq!(error("é"), (TypeErrorKind::Unexpected('é'), 0..2));
    assert_eq!(error(&"[".repeat(9999)).0, TypeErrorKind::TooDeep);
}
