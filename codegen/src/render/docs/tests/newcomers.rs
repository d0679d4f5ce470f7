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
fn the_first_page_leads_to_a_token_to_the_guides_and_to_tests() {
    let files = site(&api()).unwrap();
    let page = files.iter().find(|file| file.path.ends_with("/index.html"));
    let page = &page.unwrap().text;
    let (_, steps) = page.split_once("<h2 id=\"first-steps\"").unwrap();
    let steps = steps.split("</section>").next().unwrap();
    let links: Vec<&str> = values(steps, " href=\"").collect();
    for link in [
        "authentication.html#authenticate",
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
