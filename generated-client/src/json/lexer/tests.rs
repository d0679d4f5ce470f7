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
