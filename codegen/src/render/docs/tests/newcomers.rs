//! What someone needs who comes to the reference for the first time.

use super::*;

#[test]
fn the_page_of_a_group_names_the_cargo_feature_that_enables_it() {
    let api = api();
    let (markdown, site) = (markdown(&api).unwrap(), site(&api).unwrap());
    let page = |files: &[File], name: &str| {
        let file = files.iter().find(|file| file.path.ends_with(name));
        file.unwrap().text.replace('\n', " ")
    };
    for group in &api.groups {
        let (name, feature) = (&group.name, &group.feature);
        let text = page(&markdown, &format!("/{name}.md"));
        assert!(
            text.contains(&format!("Cargo feature: `{feature}`.")),
            "{name}.md"
        );
        let html = page(&site, &format!("/{name}.html"));
        assert!(
            html.contains(&format!(">Cargo feature</a>: <code>{feature}</code>.")),
            "{name}.html"
        );
    }
}

#[test]
fn no_paragraph_or_item_of_a_page_is_empty() {
    let files = site(&api()).unwrap();
    let pages = files.iter().filter(|file| file.path.ends_with(".html"));
    for page in pages {
        for empty in ["<p></p>", "<li></li>"] {
            assert!(!page.text.contains(empty), "{empty} in {}", page.path);
        }
    }
}

#[test]
fn the_first_page_leads_to_a_token_to_the_guides_and_to_tests() {
    let files = site(&api()).unwrap();
    let page = files.iter().find(|file| file.path.ends_with("/index.html"));
    let page = &page.unwrap().text;
    let (_, steps) = page.split_once("<h2 id=\"first-steps\"").unwrap();
    let steps = steps.split("</section>").next().unwrap();
    let links: Vec<&str> = values(steps, " href=\"").collect();
    for link in [
        "authentication.html#authenticate",
        "guide-getting_started.html",
        "guides.html",
        "guide-testing.html",
    ] {
        assert!(links.contains(&link), "{link} is not in {links:?}");
    }
}

#[test]
fn the_page_of_errors_shows_the_usual_body_of_each_generation() {
    let api = api();
    let (markdown, site) = (markdown(&api).unwrap(), site(&api).unwrap());
    let page = |files: &[File], name: &str| {
        let file = files.iter().find(|file| file.path.ends_with(name));
        file.unwrap().text.clone()
    };
    let text = page(&markdown, "/errors.md");
    let shown_text = page(&site, "/errors.html");
    for (title, message) in [("V3", "/title"), ("V2", "/0/message")] {
        let (_, body) = text
            .split_once(&format!("\n{title}:\n\n```json\n"))
            .unwrap();
        let (body, _) = body.split_once("\n```").unwrap();
        let parsed: serde_json::Value = serde_json::from_str(body).unwrap();
        assert!(parsed.pointer(message).is_some(), "{title}: {body}");
        let shown = format!("<h3>{title}</h3>\n<pre tabindex=\"0\"><code class=\"language-json\">");
        let (_, shown) = shown_text.split_once(&shown).unwrap();
        assert!(shown.starts_with(&html::escape(body)), "{title}: {shown}");
    }
}

#[test]
fn the_endpoints_of_a_group_say_which_of_its_error_bodies_are_not_the_usual_ones() {
    let api = api();
    let (markdown, site) = (markdown(&api).unwrap(), site(&api).unwrap());
    let mut differ = 0;
    for group in &api.groups {
        let is_own = !group.refusals.is_empty();
        let expected = if is_own { group.endpoints.len() } else { 0 };
        for (files, name, label) in [
            (&markdown, format!("/{}.md", group.name), "**Error bodies"),
            (&site, format!("/{}.html", group.name), "<dt>Error bodies<"),
        ] {
            let file = files.iter().find(|file| file.path.ends_with(&name));
            let text = &file.unwrap().text;
            assert_eq!(text.matches(label).count(), expected, "{name}");
        }
        differ += usize::from(is_own);
    }
    assert!(differ > 0, "some groups have bodies of their own");
    let customers = markdown
        .iter()
        .find(|it| it.path.ends_with("/customers.md"));
    let customers = customers.unwrap().text.replace("\n  ", " ");
    assert!(customers.contains("413: none; 415: plain text; other statuses have the [usual one]"));
}

#[test]
fn the_documentation_of_the_client_has_the_same_error_bodies() {
    let api = api();
    let files = crate::render::rust::render(&api).unwrap();
    let source = |name: &str| {
        let path = format!("generated-client/src/generated/{name}");
        let file = files.iter().find(|file| file.path == path);
        // A comment may be wrapped between any two words.
        file.unwrap().text.replace("\n    ///  ", "")
    };
    for group in &api.groups {
        let handle = source(&format!("{}/handle.rs", group.name));
        let is_own = !group.refusals.is_empty();
        assert_eq!(
            handle.contains("**Error bodies:**"),
            is_own,
            "{}",
            group.name
        );
    }
    assert!(source("customers/handle.rs").contains(
        "413: none; 415: plain text; other statuses have the [usual one](crate::Problem#error-bodies)"
    ));
    assert!(source("mod.rs").contains("V2: an array of one object with `status` and `message`"));
}

#[test]
fn a_parameter_that_requests_a_field_is_code_even_if_it_is_not_the_only_one() {
    let files = markdown(&api()).unwrap();
    let page = files.iter().find(|file| file.path.ends_with("/carts.md"));
    let text = &page.unwrap().text;
    assert!(text.contains(
        "Returned only with `include=line_items.physical_items.options`, or the equivalent for "
    ));
    for file in &files {
        assert!(!file.text.contains("only when include="), "{}", file.path);
    }
}

#[test]
fn a_sentence_about_a_server_is_one_sentence() {
    let api = api();
    let files = [markdown(&api).unwrap(), site(&api).unwrap()].concat();
    let mut told = 0;
    for name in ["docs/index.md", "/index.html"] {
        let page = files.iter().find(|file| file.path.ends_with(name));
        let text = page.unwrap().text.replace('\n', " ");
        told += text.matches(" takes the payments of orders. ").count();
        assert!(
            text.contains("The token is a payment access token"),
            "{name}"
        );
    }
    assert_eq!(told, 2);
}

#[test]
fn the_policy_file_is_shown_in_markdown_as_on_the_page() {
    let files = site(&api()).unwrap();
    let page = |name: &str| {
        &files
            .iter()
            .find(|file| file.path.ends_with(name))
            .unwrap()
            .text
    };
    let (html, markdown) = (page("/access.html"), page("/access.md"));
    for language in ["yaml", "json"] {
        let class = format!("class=\"language-{language}\">");
        let (_, shown) = html.split_once(&class).unwrap();
        let (shown, _) = shown.split_once("</code>").unwrap();
        let block = format!("```{language}\n{shown}```\n");
        assert!(markdown.contains(&block), "{block}");
    }
}

#[test]
fn the_first_page_has_a_first_call_in_markdown_too() {
    let files = markdown(&api()).unwrap();
    let page = files.iter().find(|file| file.path.ends_with("/index.md"));
    let (_, call) = page
        .unwrap()
        .text
        .split_once("\n## A first call\n")
        .unwrap();
    let (call, _) = call.split_once("\n## ").unwrap();
    assert!(
        call.contains("```rust\n// cargo add bigcommerce-client"),
        "{call}"
    );
    assert!(call.contains("```sh\ncurl "), "{call}");
    assert!(!call.contains("\n\n```\n"), "{call}");
}
