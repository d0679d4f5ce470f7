//! Values as code in Markdown and in messages.

/// A value as a code span; an empty one, which no code span can show, in words.
pub(crate) fn code(value: &str) -> String {
    match value {
        "" => "an empty string".to_owned(),
        value => format!("`{value}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn an_empty_value_is_written_in_words() {
        assert_eq!(code("red"), "`red`");
        assert_eq!(code(""), "an empty string");
    }
}
