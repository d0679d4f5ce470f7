//! JSON as `Debug` shows it: without the values of names that sound secret.

use std::fmt;

use super::tree::Tree;

/// Parts of the names of secrets, in lower case.
const SECRET: [&str; 12] = [
    "token",
    "secret",
    "password",
    "credential",
    "authorization",
    "cookie",
    "apikey",
    "signedpayload",
    "cardnumber",
    "verificationvalue",
    "accountnumber",
    "routingnumber",
];

/// Whether a value of this name may be a secret. Case, `-` and `_` do not matter.
pub(super) fn sounds_secret(name: &str) -> bool {
    let letters = name.chars().filter(|letter| !matches!(letter, '-' | '_'));
    let name: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    SECRET.iter().any(|part| name.contains(part))
}

/// JSON without the values that may be secrets.
pub(super) struct Redacted<'j>(pub(super) &'j str);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An escape may be in a name, and then hides what it sounds like.
        if !self.0.contains('\\') && !sounds_secret(self.0) {
            return f.write_str(self.0);
        }
        match Tree::lenient(self.0.as_bytes()) {
            Ok(tree) => Part(&tree).fmt(f),
            Err(_) => f.write_str("[hidden]"),
        }
    }
}

struct Part<'t>(&'t Tree);

impl fmt::Debug for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Tree::Null => f.write_str("null"),
            Tree::Plain(plain) => f.write_str(plain),
            Tree::Text(text) => text.fmt(f),
            Tree::List(items) => f.debug_list().entries(items.iter().map(Part)).finish(),
            Tree::Object(fields) => {
                let mut map = f.debug_map();
                for (name, value) in fields {
                    if sounds_secret(name) && *value != Tree::Null {
                        map.entry(name, &format_args!("[hidden]"));
                    } else {
                        map.entry(name, &Part(value));
                    }
                }
                map.finish()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_hidden_if_its_name_sounds_secret() {
        let cases = [
            (r#"{"id":1,"name":"Mug"}"#, r#"{"id":1,"name":"Mug"}"#),
            (r#""a token""#, r#""a token""#),
            (
                r#"{"id":1,"token":"s3cret"}"#,
                r#"{"id": 1, "token": [hidden]}"#,
            ),
            (r#"{"token":null}"#, r#"{"token": null}"#),
            (
                r#"[{"X-Auth-Token":["s3cret"]},2.50]"#,
                r#"[{"X-Auth-Token": [hidden]}, 2.50]"#,
            ),
            (
                r#"{"card":{"cardNumber":4111}}"#,
                r#"{"card": {"cardNumber": [hidden]}}"#,
            ),
            (r#"{"tok\u0065n":"s3cret"}"#, r#"{"token": [hidden]}"#),
            (
                r#"{"client_secret":{"a":"s3cret"},"half":"\ud83d"}"#,
                r#"{"client_secret": [hidden], "half": " "}"#,
            ),
        ];
        for (json, shown) in cases {
            assert_eq!(format!("{:?}", Redacted(json)), shown);
        }
    }
}
