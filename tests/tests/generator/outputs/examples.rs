//! The examples of the guides and of the page of events: they are as narrow as the samples of endpoints, and the Markdown
//! has those of the site.

use bigcommerce_tests::api;

use super::{SITE, file, samples::WIDTH, whole};

/// The page of events, in Markdown.
fn events() -> &'static str {
    file(whole(), &format!("{SITE}events.md"))
}

/// What the page has from the heading of an event on.
fn from_heading<'p>(page: &'p str, scope: &str) -> &'p str {
    let (_, section) = page.split_once(&format!("\n### {scope}\n")).unwrap();
    section
}

#[test]
fn no_line_of_an_example_in_a_guide_or_among_the_events_is_too_long_to_read() {
    let (mut long, mut examples) = (Vec::new(), 0);
    let files = whole().iter().filter(|file| file.path.starts_with(SITE));
    for file in files.filter(|file| file.path.ends_with(".md")) {
        let name = file.path.trim_start_matches(SITE);
        if name != "events.md" && !name.starts_with("guide-") {
            continue;
        }
        let mut within = false;
        for line in file.text.lines() {
            if line.starts_with("```") {
                within = !within;
                examples += usize::from(within);
            } else if within && line.chars().count() > WIDTH {
                long.push(format!("{name}: {line}"));
            }
        }
    }
    assert!(long.is_empty(), "{long:#?}");
    assert!(examples > 50, "only {examples} examples were looked at");
}

#[test]
fn the_markdown_of_the_events_has_a_receiver_and_a_delivery_of_each() {
    let page = events();
    assert!(page.contains("self.verifier.verify(headers, body)"));
    for event in &api().events {
        let section = from_heading(page, &event.scope);
        let (_, delivery) = section.split_once("```json\n").unwrap();
        let (delivery, _) = delivery.split_once("```").unwrap();
        let delivery: serde_json::Value = serde_json::from_str(delivery).unwrap();
        let scope = event.scope_in("1").unwrap_or_else(|| event.scope.clone());
        assert_eq!(delivery["scope"], *scope, "{}", event.scope);
    }
}

#[test]
fn an_event_that_only_channels_have_says_how_a_hook_subscribes_to_it() {
    let page = events();
    let mut own = 0;
    for event in &api().events {
        let section = from_heading(page, &event.scope);
        let (prose, _) = section.split_once("- **Payload:**").unwrap();
        let words: Vec<&str> = prose.split_whitespace().collect();
        let says = words
            .join(" ")
            .contains("Only hooks of a channel receive it");
        assert_eq!(says, event.per_channel, "{}", event.scope);
        if let Some(scope) = event.scope_in("{channel_id}") {
            assert!(prose.contains(&format!("`{scope}`")), "{scope}");
            own += 1;
        }
    }
    assert_eq!(own, 40);
}
