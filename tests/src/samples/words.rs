//! The values of each type, in the spellings of the API.

pub(super) const META: &[&str] = &[
    "{}",
    "[]",
    r#"{"pagination":{"total":1,"count":1,"per_page":50,"current_page":1,"total_pages":1,"links":{"current":"?page=1&limit=50"}}}"#,
    r#"{"pagination":{"total":"1","links":[]},"cursor_pagination":{"count":1,"end_cursor":"abc","links":{"next":"?after=abc"}}}"#,
    r#"{"total":3,"success":2,"failed":1,"took":0.10}"#,
];
pub(super) const INTEGERS: &[&str] = &[
    "1",
    "0",
    "118",
    "-1",
    "2147483648",
    "9223372036854775807",
    "-9223372036854775808",
];
pub(super) const ODD_INTEGERS: &[&str] = &[r#""7""#, "7.0", r#""-7""#, "700e-2", r#""7.00""#];
/// Values that few fields can represent.
pub(super) const MISFITS: &[&str] = &["3.2", "true", r#"[{"x":[]}]"#, r#"{"x":[1]}"#, "1e400"];
pub(super) const TEXTS: &[&str] = &[
    r#""name""#,
    r#""""#,
    r#""0""#,
    r#""null""#,
    r#""a \"quoted\" \\ and \/ text\n\t""#,
    r#""Überweisung ☕ 𝄞""#,
    r#""\u00e9\ud834\udd1e\u0000""#,
];
pub(super) const NUMBERS: &[&str] = &[
    "7",
    "0",
    "7.00",
    "-0.50",
    "62.6793",
    r#""62.6793""#,
    r#""0.0000""#,
    "1e3",
    "12345678901234567890.123456789012345678901",
    "-0.0",
    r#""007.50""#,
];
pub(super) const MOMENTS: &[&str] = &[
    r#""2018-08-15T14:48:46+00:00""#,
    r#""Tue, 05 Mar 2019 21:40:11 +0000""#,
    r#""2022-02-26T17:33:11Z""#,
    "1561479335",
    r#""1561479335""#,
    r#""2019-03-20""#,
    r#""0000-00-00 00:00:00""#,
    "0",
];
pub(super) const UUIDS: &[&str] = &[r#""5a2f9a1e-1b3c-4b0e-9d5f-1a2b3c4d5e6f""#];
pub(super) const IDS: &[&str] = &["118", r#""118""#, r#""b5a6f0d5""#, r#""""#, "0"];
pub(super) const ODD_BOOLS: &[&str] = &["1", "0", r#""1""#, r#""0""#, r#""true""#, r#""false""#];
pub(super) const NEW_KEYS: &[&str] = &[
    r#""new_field""#,
    r#""currency_code\"""#,
    r#""""#,
    r#""é""#,
    r#""_""#,
];
pub(super) const LINK: &str = r#"{"url":"https://api.bigcommerce.com/stores/abc123/v2/orders/118/products","resource":"/orders/118/products"}"#;
