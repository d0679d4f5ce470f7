//! An API error in place of a value. Some come with a success status, and the fields that an error
//! shares with a record must not turn it into one.

use std::collections::HashSet;

use super::missing::{has_optional, knows};
use super::{DecodeError, Model, Reader, Tree};

/// The fields of an error. Records have some of them as well.
pub(super) const WORDS: &[&str] = &[
    "code",
    "detail",
    "details",
    "error",
    "error_description",
    "errors",
    "instance",
    "message",
    "meta",
    "status",
    "title",
    "type",
];

impl Tree {
    /// Whether a body is an API error and not a value: because of the status in it, or because it has
    /// errors and no data. V2 returns its errors in a list.
    pub(crate) fn is_an_error(&self) -> bool {
        self.is_no_value(&|_| false)
    }

    /// Whether it has a status of its own that says that something failed, whatever else it has in common
    /// with a record.
    pub(super) fn says_it_failed(&self) -> bool {
        self.is_no_value(&|key| ["error", "errors"].contains(&key))
    }

    /// Like [`is_an_error`](Self::is_an_error), for a type with known fields. A body with one of them that
    /// no error has is a value.
    fn is_no_value(&self, known: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::List(items) => !items.is_empty() && items.iter().all(|it| it.is_one(known)),
            _ => self.is_one(known),
        }
    }

    fn is_one(&self, known: &dyn Fn(&str) -> bool) -> bool {
        let Self::Object(fields) = self else {
            return false;
        };
        // If a field is repeated, the last value counts, as everywhere.
        let mut seen = HashSet::new();
        let mut last = fields.iter().rev().filter(|(key, _)| seen.insert(key));
        let is_own = |(key, value): &(String, Self)| {
            *value != Self::Null && (key == "data" || known(key) && !WORDS.contains(&&**key))
        };
        if last.any(is_own) {
            return false;
        }
        let says = |key: &&str| self.get(key).is_some_and(Self::says_something);
        let is_failure = |it: String| {
            it.parse()
                .is_ok_and(|status: u16| (400..600).contains(&status))
        };
        let failed = ["status", "code"]
            .iter()
            .any(|key| self.text(&[key]).is_some_and(is_failure));
        let errors = ["error", "errors"];
        failed
            && ["title", "message", "detail"]
                .iter()
                .chain(&errors)
                .any(says)
            || errors.iter().filter(|key| !known(key)).any(says)
    }

    /// Whether it is neither empty nor `false`.
    fn says_something(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Plain(plain) => plain == "true",
            Self::Text(text) => !text.trim().is_empty(),
            Self::List(items) => !items.is_empty(),
            Self::Object(fields) => !fields.is_empty(),
        }
    }
}

impl Reader<'_> {
    /// Checks that the open object, which has been read to its end, is not an error in place of a
    /// model.
    ///
    /// # Errors
    ///
    /// Returns an error if it is one. Only a whole body can be one, or a list of nothing else.
    #[cold]
    #[inline(never)]
    pub(super) fn no_error(&self, model: &dyn Model) -> Result<(), DecodeError> {
        // The body is read a second time only if nothing else shows that it is a value.
        if has_optional(model, WORDS) {
            return Ok(());
        }
        let known = |key: &str| knows(model, key);
        let tree = self.whole_body().map(str::as_bytes).map(Tree::lenient);
        match tree {
            Some(Ok(tree)) if tree.is_no_value(&known) => Err(DecodeError::error("object")),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::json::tests::Brand;

    crate::declare::read! {
        Post {
            id: i64 = required "id",
            title: Option<String> = "title",
            status: Option<String> = "status",
            message: Option<String> = "message",
        }
    }
    crate::declare::read! {
        Settings { title: Option<String> = "title", is_open: Option<bool> = "is_open", }
    }
    crate::declare::read! {
        Run { id: i64 = required "id", errors: crate::List<String> = "errors", }
    }

    #[test]
    fn an_error_is_no_record_that_lacks_most_of_its_fields() {
        for body in [
            r#"{"status":422,"title":"Bad"}"#,
            r#"{"status":"404","title":"No such post","type":"x","instance":"/1"}"#,
            r#"{"title":"Bad","errors":{"name":"is taken"}}"#,
            r#"{"code":500,"message":"Oops"}"#,
            r#"{"title":null,"message":"x","error":true}"#,
            r#"[{"status":404,"message":"No such post"}]"#,
            r#"{"status":422,"title":"\ud83d is taken"}"#,
        ] {
            let error = json::from_str::<Post>(body).unwrap_err();
            assert!(!error.is_of_the_text(), "{body}: {error}");
            assert!(json::from_str::<Vec<Post>>(body).is_err(), "{body}");
        }
        let error = json::from_str::<Post>(r#"{"status":422,"title":"Bad"}"#).unwrap_err();
        assert_eq!(
            error.to_string(),
            "at the top: expected an object, found an error"
        );
        let two = r#"[{"status":404,"message":"a"},{"status":422,"message":"b"}]"#;
        assert!(json::from_str::<Vec<Post>>(two).is_err());
        for body in [
            r#"{"status":500,"title":"Down"}"#,
            r#"{"is_open":true,"is_open":null,"errors":["Down"]}"#,
        ] {
            assert!(json::from_str::<Settings>(body).is_err(), "{body}");
        }
    }

    #[test]
    fn a_record_that_lacks_a_field_is_read_whatever_it_has_in_common_with_an_error() {
        for body in [
            r#"{"title":"Spring","status":"published"}"#,
            r#"{"title":"Spring","status":null}"#,
            r#"{"status":200,"title":"Spring"}"#,
            r#"{"message":"Welcome","errors":[]}"#,
            r#"{"message":"Welcome","error":false}"#,
            r#"{"title":"Spring","code":"404-page"}"#,
        ] {
            let post: Post = json::from_str(body).unwrap();
            assert!(post.rest.oddities().any(|field| field == "id"), "{body}");
            assert_eq!(
                json::to_string(&post).len(),
                body.len() - null(body),
                "{body}"
            );
        }
        let brand: Brand = json::from_str(r#"{"name":"x","status":404,"title":"y"}"#).unwrap();
        assert_eq!(brand.name.as_deref(), Some("x"));
        let run: Run = json::from_str(r#"{"errors":["no such file"]}"#).unwrap();
        assert_eq!(run.errors.len(), 1);
        let among = r#"[{"id":1},{"status":404,"title":"Page not found"}]"#;
        assert_eq!(json::from_str::<Vec<Post>>(among).unwrap().len(), 2);
        let open: Settings =
            json::from_str(r#"{"is_open":true,"status":500,"title":"x"}"#).unwrap();
        assert_eq!(open.is_open, Some(true));
    }

    /// The length of a field that is null, which is not written again.
    fn null(body: &str) -> usize {
        if body.contains("null") {
            r#","status":null"#.len()
        } else {
            0
        }
    }

    #[test]
    fn a_body_says_by_itself_whether_it_is_an_error() {
        let is_error = |body: &str| Tree::lenient(body.as_bytes()).unwrap().is_an_error();
        for body in [
            r#"{"errors":{"status":422}}"#,
            r#"{"data":null,"errors":["x"]}"#,
            r#"{"error":"no such brand"}"#,
        ] {
            assert!(is_error(body), "{body}");
        }
        for body in [
            "{}",
            "[]",
            "7",
            r#"{"errors":[],"meta":{}}"#,
            r#"{"data":[],"errors":["x"]}"#,
            r#"{"status":204,"title":"Done"}"#,
            r#"{"status":404}"#,
        ] {
            assert!(!is_error(body), "{body}");
        }
    }
}
