//! Whether an error response says that the store is suspended or no longer exists. The API returns 503
//! for that as well as for maintenance, which is temporary; only the text distinguishes them.

/// The nouns for what is suspended or does not exist.
const WHAT: [&str; 3] = ["store", "account", "shop"];

/// The words for a store that is suspended or does not exist.
const IS: [&str; 10] = [
    "suspended",
    "suspension",
    "deactivated",
    "cancelled",
    "canceled",
    "terminated",
    "deleted",
    "expired",
    "no longer",
    "does not exist",
];

/// The words for a temporary state.
const PASSES: [&str; 2] = ["temporar", "maintenance"];

/// How much of a body is examined.
const MOST: usize = 8 * 1024;

/// Whether one sentence of the body says so, whatever its format.
pub(super) fn says_so(body: &[u8]) -> bool {
    let body = body.get(..MOST).unwrap_or(body);
    let body = String::from_utf8_lossy(body).to_lowercase();
    body.split(['.', ';', '<', '>', '"', '{', '}', '\n'])
        .any(|said| {
            let holds = |words: &[&str]| words.iter().any(|word| said.contains(word));
            holds(&WHAT) && holds(&IS) && !holds(&PASSES)
        })
}

#[cfg(test)]
mod tests {
    use super::says_so;

    #[test]
    fn a_store_that_is_suspended_or_gone_is_told_from_one_that_comes_back() {
        for (body, is) in [
            (
                r#"{"status":503,"title":"The store is suspended.","errors":{}}"#,
                true,
            ),
            (
                r#"[{"status":503,"message":"This store has been suspended"}]"#,
                true,
            ),
            (r#"{"error":{"code":"STORE_SUSPENDED"}}"#, true),
            (r#"{"title":"Store suspension: billing"}"#, true),
            (r#"{"title":"This store no longer exists"}"#, true),
            ("The account was cancelled.\n", true),
            ("<html><h1>Your trial store has expired</h1></html>", true),
            (r#"{"title":"The store is down for maintenance"}"#, false),
            (
                r#"{"title":"The store is temporarily suspended for maintenance"}"#,
                false,
            ),
            (
                r#"{"title":"Orders are suspended. The store is being upgraded."}"#,
                false,
            ),
            (
                r#"{"error":{"code":"SERVICE_DEGRADED","message":"busy"}}"#,
                false,
            ),
            ("<html><title>503 Service Unavailable</title></html>", false),
            ("", false),
        ] {
            assert_eq!(says_so(body.as_bytes()), is, "{body}");
        }
        let far = format!("{}the store is suspended", " ".repeat(1 << 20));
        assert!(!says_so(far.as_bytes()), "only the beginning is read");
    }
}
