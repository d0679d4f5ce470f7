//! Prose as HTML. Raw HTML in it is shown as text, never passed on.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, html};

use super::text::slug;

/// Where a name in prose leads; nowhere for what is none.
pub(super) type Href<'a> = &'a dyn Fn(&str) -> Option<String>;

/// One paragraph of Markdown as HTML, without the paragraph around it.
pub(super) fn inline(text: &str, href: Href<'_>) -> String {
    let events = Parser::new_ext(text, Options::empty()).filter_map(|event| match event {
        Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => None,
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        other => Some(other),
    });
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    html::push_html(&mut out, led(events, href));
    out
}

/// Makes a link of each name that stands as code, but for what leads somewhere itself and the heads of tables,
/// which say what the text below them is about.
fn led<'a>(
    events: impl Iterator<Item = Event<'a>>,
    href: Href<'_>,
) -> impl Iterator<Item = Event<'a>> {
    let mut shut = false;
    events.map(move |event| match event {
        Event::Start(Tag::Link { .. } | Tag::TableHead) => {
            shut = true;
            event
        }
        Event::End(TagEnd::Link | TagEnd::TableHead) => {
            shut = false;
            event
        }
        Event::Code(name) => match href(&name).filter(|_| !shut) {
            Some(href) => {
                let link = format!("<a href=\"{href}\"><code>{}</code></a>", escape(&name));
                Event::InlineHtml(link.into())
            }
            None => Event::Code(name),
        },
        event => event,
    })
}

/// A document of Markdown as HTML: headings can be linked to, and code can be copied. Its headings are one
/// level lower, below that of the page.
pub(super) fn document(text: &str, title: &str, href: Href<'_>) -> String {
    let mut parser = Parser::new_ext(text, Options::ENABLE_TABLES);
    let mut events = Vec::new();
    let mut samples = 0;
    while let Some(event) = parser.next() {
        let event = match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let inner = parser.by_ref();
                let inner = inner.take_while(|it| !matches!(it, Event::End(TagEnd::Heading(_))));
                Event::Html(heading(inner.collect(), level as usize + 1).into())
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let inner = parser.by_ref();
                let inner = inner.take_while(|it| !matches!(it, Event::End(TagEnd::CodeBlock)));
                let code = inner.filter_map(|it| match it {
                    Event::Text(text) => Some(text.into_string()),
                    _ => None,
                });
                samples += 1;
                let code: String = code.collect();
                let label = format!("Example {samples} of {title}");
                Event::Html(sample(&kind, &label, &code).into())
            }
            Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
            other => other,
        };
        events.push(event);
    }
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, led(events.into_iter(), href));
    out
}

fn heading(inner: Vec<Event<'_>>, level: usize) -> String {
    let told: String = inner
        .iter()
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(&**text),
            _ => None,
        })
        .collect();
    let mut shown = String::new();
    html::push_html(&mut shown, inner.into_iter());
    let (id, name) = (slug(&told), escape(&told));
    format!(
        "<h{level} id=\"{id}\">{shown} \
         <a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to {name}\">#</a></h{level}>\n"
    )
}

fn sample(kind: &CodeBlockKind<'_>, label: &str, code: &str) -> String {
    let language = match kind {
        CodeBlockKind::Fenced(language) if !language.is_empty() => language,
        _ => "text",
    };
    format!(
        "<div class=\"sample\" data-language=\"{language}\" data-title=\"{}\">\n\
         <pre tabindex=\"0\"><code class=\"language-{language}\">{}</code></pre>\n</div>\n",
        escape(label),
        escape(code.trim_end())
    )
}

/// Markdown without its marks, on one line.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => {
                out.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

/// Plain text as HTML, fit for attributes too.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A path that may be broken behind each slash.
pub(super) fn path(text: &str) -> String {
    match text.strip_prefix('/') {
        Some(rest) => format!("/{}", escape(rest).replace('/', "/<wbr>")),
        None => escape(text).replace('/', "/<wbr>"),
    }
}

/// A heading of a page, and the text below it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub id: String,
    pub title: String,
    pub text: String,
}

/// The title of a page of ours, and the line about it.
pub(super) fn title(page: &str) -> Option<(String, String)> {
    let (_, rest) = page.split_once("<h1")?;
    let (_, rest) = rest.split_once('>')?;
    let (title, _) = rest.split_once("</h1>")?;
    let (_, rest) = page.split_once("<meta name=\"description\" content=\"")?;
    let (about, _) = rest.split_once('"')?;
    Some((text(title), unescaped(about)))
}

/// The headings of a page of ours that can be linked to.
pub(super) fn headings(page: &str) -> Vec<Heading> {
    let main = page.split("<main").nth(1).unwrap_or(page);
    let main = main.split("</main>").next().unwrap_or(main);
    // The rows of endpoints are found by themselves.
    let mut parts = main.split("<table class=\"stack calls");
    let before = parts.next().unwrap_or_default();
    let behind = parts.filter_map(|part| part.split_once("</table>"));
    let main = behind.fold(before.to_owned(), |text, (_, part)| text + part);
    let main = &without_counts(&main);
    let mut found: Vec<Heading> = Vec::new();
    for part in main.split("<h").skip(1) {
        let Some((tag, rest)) = part.split_once('>') else {
            continue;
        };
        let level = tag.starts_with(['2', '3', '4']);
        let id = tag
            .split_once(" id=\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let end = rest.find("</h").filter(|_| level);
        if let (Some((id, _)), Some(end)) = (id, end) {
            let title = text(&rest[..end]);
            let below = rest[end..].split_once('>').map_or("", |(_, below)| below);
            found.push(Heading {
                id: unescaped(id),
                title: title.trim_end_matches('#').trim_end().to_owned(),
                text: text(below),
            });
        } else if let Some(last) = found.last_mut() {
            last.text.push(' ');
            last.text.push_str(&text(rest));
        }
    }
    found
}

/// A page without the figures that stand behind names.
fn without_counts(page: &str) -> String {
    let mut parts = page.split("<span class=\"count\">");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match part.split_once("</span>") {
        Some((_, behind)) => text + behind,
        None => text + part,
    })
}

/// The text of a piece of HTML, on one line.
fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut tag = false;
    for c in html.chars() {
        match c {
            '<' => tag = true,
            '>' if tag => {
                tag = false;
                out.push(' ');
            }
            c if !tag => out.push(c),
            _ => {}
        }
    }
    unescaped(&out.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    let text = text.replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOWHERE: Href<'static> = &|_| None;

    #[test]
    fn a_page_has_a_title_and_a_line_about_it() {
        let page = "<meta name=\"description\" content=\"One &amp; all.\"><main><h1>The <code>a</code></h1>";
        let found = ("The a".to_owned(), "One & all.".to_owned());
        assert_eq!(title(page), Some(found));
        assert_eq!(title("<main><p>None.</p>"), None);
    }

    #[test]
    fn headings_come_with_the_text_below_them() {
        let page = "<nav><h2 id=\"no\">No</h2></nav><main><h1>One</h1><h2 id=\"two\">Two &amp; a half \
                    <a href=\"#two\">#</a></h2><p>Text<wbr> <b>of</b> two.</p><h3>Part</h3><p>More.</p></main>";
        let heading = Heading {
            id: "two".to_owned(),
            title: "Two & a half".to_owned(),
            text: "Text of two. Part More.".to_owned(),
        };
        assert_eq!(headings(page), [heading]);
    }

    #[test]
    fn a_document_has_headings_with_anchors_and_code_with_names() {
        assert_eq!(
            document(
                "# With `a`\n\nText.\n\n```rust\nx < y;\n```\n",
                "T",
                NOWHERE
            ),
            "<h2 id=\"with-a\">With <code>a</code> <a class=\"anchor\" href=\"#with-a\" \
             aria-label=\"Link to With a\">#</a></h2>\n<p>Text.</p>\n\
             <div class=\"sample\" data-language=\"rust\" data-title=\"Example 1 of T\">\n\
             <pre tabindex=\"0\"><code class=\"language-rust\">x &lt; y;</code></pre>\n</div>\n"
        );
    }

    #[test]
    fn a_name_in_prose_leads_to_where_it_stands_but_not_out_of_a_link_or_a_heading() {
        let href: Href<'_> = &|name| (name == "pets.list").then(|| "#pets.list".to_owned());
        let link = "<a href=\"#pets.list\"><code>pets.list</code></a>";
        assert_eq!(
            inline("Ask `pets.list`, not `pets`.", href),
            format!("Ask {link}, not <code>pets</code>.")
        );
        let linked = "<a href=\"x\"><code>pets.list</code></a>";
        assert_eq!(inline("[`pets.list`](x)", href), linked);
        let page = document("# `pets.list`\n\n- `pets.list`\n", "T", href);
        assert!(
            page.starts_with("<h2 id=\"petslist\"><code>pets.list</code> "),
            "{page}"
        );
        assert!(page.contains(&format!("<li>{link}</li>")), "{page}");
        let table = document("| `pets.list` |\n| --- |\n| `pets.list` |\n", "T", href);
        assert!(table.contains("<th><code>pets.list</code></th>"), "{table}");
        assert!(table.contains(&format!("<td>{link}</td>")), "{table}");
        let code = document("```\npets.list\n```\n", "T", href);
        assert!(!code.contains("<a "), "{code}");
    }

    #[test]
    fn prose_becomes_html_and_raw_html_stays_text() {
        assert_eq!(
            inline("a `b<c` [d](e.html#f)", NOWHERE),
            "a <code>b&lt;c</code> <a href=\"e.html#f\">d</a>"
        );
        assert_eq!(escape("a/\"b\" & 'c'"), "a/&quot;b&quot; &amp; &#39;c&#39;");
        assert_eq!(path("/v3/<a>"), "/v3/<wbr>&lt;a&gt;");
        let raw = inline("x <b>y</b>", NOWHERE);
        assert_eq!(raw, "x &lt;b&gt;y&lt;/b&gt;");
        assert_eq!(plain("a `b<c` [d](e.html#f) \\*"), "a b<c d *");
    }
}
