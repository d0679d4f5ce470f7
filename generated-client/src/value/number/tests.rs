use super::*;
use crate::json;

const SPELLINGS: &[&str] = &[
    "0",
    "7",
    "7.0",
    "7.00",
    "-7",
    "-0.50",
    "0.0001",
    "62.6793",
    "1.0000000000",
    "-0",
    "-0.0",
    "1e3",
    "1E-3",
    "1.5e+2",
    "79228162514264337593543950335",
    "79228162514264337593543950336",
    "0.1234567890123456789012345678",
    "0.12345678901234567890123456789",
    "9999999999999999999",
    "18446744073709551616",
    "1234567890123456789.5",
    "1e999999999999",
    "1e-999999999999",
];

#[test]
fn every_spelling_comes_back_bare_and_quoted() {
    for text in SPELLINGS {
        for body in [(*text).to_owned(), format!("\"{text}\"")] {
            let number: Number = json::from_str(&body).unwrap();
            assert_eq!(json::to_string(&number), body);
            assert_eq!(number.to_string(), *text);
            assert_eq!(json::from_str::<Number>(&body).unwrap(), number);
        }
    }
    for text in ["007", "+7", ".5", "5."] {
        let body = format!("\"{text}\"");
        assert_eq!(
            json::to_string(&json::from_str::<Number>(&body).unwrap()),
            body
        );
    }
}

#[test]
fn a_value_is_exact_or_not_given() {
    let value = |text: &str| {
        text.parse::<Number>()
            .unwrap()
            .value()
            .map(|v| v.to_string())
    };
    assert_eq!(value("7.00").as_deref(), Some("7.00"));
    assert_eq!(value("007.5").as_deref(), Some("7.5"));
    assert_eq!(value("1.5e+2").as_deref(), Some("150"));
    assert_eq!(value("1E-3").as_deref(), Some("0.001"));
    assert_eq!(value("-0").as_deref(), Some("0"));
    assert_eq!(value("79228162514264337593543950336"), None);
    assert_eq!(value("1e999999999999"), None);
    assert_eq!(value("0e999999999999").as_deref(), Some("0"));
    assert_eq!(value("1e-999999999999"), None);
}

#[test]
fn what_is_no_number_is_refused() {
    for body in [
        "\"\"", "\"N/A\"", "\" 7\"", "\"1,5\"", "\".\"", "\"1e\"", "true", "{}",
    ] {
        let error = json::from_str::<Number>(body).unwrap_err();
        assert_eq!(error.expected(), "number", "{body}");
    }
    assert!("".parse::<Number>().is_err());
}

#[test]
fn a_parsed_text_is_always_written_as_valid_json() {
    for text in SPELLINGS
        .iter()
        .chain(&["007", "+7", ".5", "5.", "-.5", "00", "-01"])
    {
        let number: Number = text.parse().unwrap();
        let body = json::to_string(&number);
        assert_eq!(json::from_str::<Number>(&body).unwrap(), number, "{text}");
    }
}

#[test]
fn a_decimal_comes_back_equal() {
    for decimal in [
        Decimal::MAX,
        Decimal::MIN,
        -Decimal::ZERO,
        Decimal::new(-5, 28),
    ] {
        let number = Number::from(decimal);
        assert_eq!(
            json::from_str::<Number>(&json::to_string(&number)).unwrap(),
            number
        );
    }
}
