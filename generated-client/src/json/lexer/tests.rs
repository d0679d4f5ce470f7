use super::*;

#[test]
fn the_end_of_a_plain_run_is_found_at_every_distance() {
    for length in 0..40 {
        for stop in ["\"", "\\", "\u{1f}", "\n", "\0", ""] {
            let text = format!(
                "{}{stop}é\"\\",
                "é~ \u{7f}".chars().cycle().take(length).collect::<String>()
            );
            let plain = text
                .find(['"', '\\', '\u{1f}', '\n', '\0'])
                .unwrap_or(text.len());
            assert_eq!(string_stop(text.as_bytes(), 0), plain, "{text:?}");
        }
    }
    for byte in 0..=255_u8 {
        let stops = byte < 0x20 || byte == b'"' || byte == b'\\';
        let bytes = [b'a', b'a', byte, b'a', b'a', b'a', b'a', b'"', b'x'];
        assert_eq!(string_stop(&bytes, 0), if stops { 2 } else { 7 }, "{byte}");
    }
}

#[test]
fn plain_numbers_are_read_and_the_rest_is_left_alone() {
    let integer = |text: &'static str| Lexer::new(text).plain_integer();
    assert_eq!(integer("0,"), Some(0));
    assert_eq!(integer("-17]"), Some(-17));
    assert_eq!(integer("999999999999999999"), Some(999_999_999_999_999_999));
    for text in [
        "9999999999999999999",
        "-0",
        "01",
        "-",
        "",
        "7.0",
        "7e1",
        "x",
    ] {
        assert_eq!(integer(text), None, "{text}");
    }
    let number = |text: &'static str| Lexer::new(text).number().ok();
    for text in [
        "0",
        "-0",
        "0.5",
        "-12.50",
        "1e5",
        "1.5E-3",
        "12345678901234567890.1",
    ] {
        assert_eq!(number(text), Some(text));
    }
    assert_eq!(number("7,8"), Some("7"));
    for text in ["01", "-", "1.", ".5", "1.e5", "1e", "+1"] {
        assert_eq!(number(text), None, "{text}");
    }
}

#[test]
fn a_string_with_escapes_is_what_another_parser_reads_and_ends_at_its_quote() {
    for inside in [
        "",
        "plain",
        r#"\" \\ \/ \b \f \n \r \t"#,
        r"é\u00e9\u4E2D\u0000\uFFFF",
        r"\ud83d\ude00",
        r"\ud83d and a\ud83d\u0041",
        r"\ude00",
        r"https:\/\/cdn11.bigcommerce.com\/s-abc123",
        r"\u+123",
        r"\u12",
        r"\u12é4",
        r"\x",
        r"\",
        "\u{1f}",
        "\\n\n",
    ] {
        let body = format!("\"{inside}\", \"next\"");
        let mut lexer = Lexer::new(&body);
        let mut text = "left over".to_owned();
        let read = lexer.string_into(&mut text).map(|()| text).ok();
        let mut other = serde_json::Deserializer::from_str(&body).into_iter::<String>();
        let expected = other.next().and_then(Result::ok);
        assert_eq!(read, expected, "{body}");
        if read.is_some() {
            assert_eq!(lexer.at, other.byte_offset(), "{body}");
        }
    }
}

#[test]
fn a_broken_string_has_the_same_fault_with_and_without_a_buffer() {
    let long = "é".repeat(100_000);
    for inside in [
        r"\u12",
        r"\u12é4",
        r"\u+123",
        r"\uD8",
        r"\ud83d",
        r"\ud83d\u0041",
        r"\ud83d\n",
        r"\ude00",
        r"\x",
        r"\é",
        r"\",
        r"\n",
        r"\u0041",
        "\\n\u{1f}",
        "\\t\0",
        "\\n\n",
    ] {
        let bodies = [
            format!(r#"  "{inside}"#),
            format!(r#"  "{inside}""#),
            format!(r#"  "\n{long}{inside}{long}""#),
        ];
        for body in bodies {
            let (mut one, mut other) = (Lexer::new(&body), Lexer::new(&body));
            one.peek();
            other.peek();
            let mut buffer = "left over".to_owned();
            let into = one.string_into(&mut buffer).map(|()| buffer.clone());
            let into = into.map_err(|fault| (fault.found, fault.at));
            let owned = other.string().map(Cow::into_owned);
            let owned = owned.map_err(|fault| (fault.found, fault.at));
            assert!(into == owned, "{inside} in {} bytes", body.len());
            assert_eq!(one.at, other.at, "{inside} in {} bytes", body.len());
        }
    }
}
