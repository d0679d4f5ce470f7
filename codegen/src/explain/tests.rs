use super::*;

#[test]
fn every_code_has_a_wrong_example_that_gives_it_and_a_right_one_that_does_not() {
    let sound = pipeline::of(Sources::from_texts(SOUND.iter().copied()));
    assert!(sound.diagnostics.is_empty());
    for code in codes() {
        let explained = explain(code.number).unwrap();
        let number = code.number;
        assert!(
            explained.about.ends_with('.'),
            "{number}: {}",
            explained.about
        );
        assert!(!explained.examples.is_empty(), "{number}");
        for example in &explained.examples {
            assert_ne!(example.wrong, example.right, "{number}");
        }
        let of_the_disk = OF_THE_DISK.iter().any(|(disk, ..)| *disk == number);
        let title = format!("[{number} {}]", code.name);
        assert!(of_the_disk || explained.said.contains(&title), "{number}");
    }
}

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
    for word in ["E012", "e012", "anchor"] {
        assert_eq!(explain(word).unwrap().code.number, "E012");
    }
    let near = explain("unknwon-scope").unwrap_err().to_string();
    assert!(near.contains("did you mean `unknown-scope`?"), "{near}");
    let far = explain("nothing-of-the-kind").unwrap_err().to_string();
    assert!(far.contains("`cargo xtask explain` lists them"), "{far}");
}
