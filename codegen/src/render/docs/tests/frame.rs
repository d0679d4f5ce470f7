//! The frame around the content of every page.

use super::*;

#[test]
fn the_description_of_a_page_is_text_without_the_marks_of_markdown() {
    let files = site(&api()).unwrap();
    for file in files.iter().filter(|file| file.path.ends_with(".html")) {
        let described = values(&file.text, "<meta name=\"description\" content=\"").next();
        let described = described.unwrap_or_default();
        assert!(!described.is_empty(), "{} has no description", file.path);
        assert!(!described.contains('`'), "{}: {described}", file.path);
    }
}
