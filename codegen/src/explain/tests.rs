use super::*;

#[test]
fn the_page_has_one_section_for_each_code() {
    let page = page();
    for code in codes() {
        let heading = format!("\n## {}\n", code.number);
        assert_eq!(page.matches(&heading).count(), 1, "{}", code.number);
    }
}

#[test]
fn a_code_is_found_by_its_number_or_name_and_a_mistyped_one_is_suggested() {
    for word in ["E012", "e012", "12", "012", "anchor"] {
        assert_eq!(explain(word).unwrap().code.number, "E012");
    }
    let other = explain("W012").unwrap_err().to_string();
    assert!(other.ends_with("did you mean `E012`?"), "{other}");
    let near = explain("unknwon-scope").unwrap_err().to_string();
    assert!(near.contains("did you mean `unknown-scope`?"), "{near}");
    let far = explain("nothing-of-the-kind").unwrap_err().to_string();
    assert!(far.contains("`cargo xtask explain` lists them"), "{far}");
}

#[test]
fn the_cases_that_are_not_the_example_are_named_in_a_sentence_each() {
    let explained = explain("template-argument").unwrap();
    let unknown = "A use with an argument that the template does not have.";
    assert!(explained.others.iter().any(|about| about == unknown));
    assert!(page_of(explained.code).contains("\nOther cases:\n\n- "));
    assert!(page_of(explained.code).contains(&format!("\n- {unknown}\n")));
    let shown: usize = codes().into_iter().map(|code| cases_of(code).len()).sum();
    assert_eq!(shown, CASES.len());
    for code in codes() {
        for about in example(code).others {
            assert!(about.ends_with('.'), "{}: {about}", code.number);
        }
    }
}

/// Wider ones would have to be scrolled on the pages of the docs.
#[test]
fn no_line_of_an_example_is_wider_than_100_columns() {
    for code in codes() {
        for Example { wrong, right, .. } in example(code).examples {
            for line in wrong.lines().chain(right.lines()) {
                assert!(line.chars().count() <= 100, "{}: {line}", code.number);
            }
        }
    }
}
