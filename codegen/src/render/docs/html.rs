//! Prose as HTML. Raw HTML in it is shown as text, never passed on.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, html};

use super::text::slug;

/// The link target of a name in prose; none if it is not a known name.
pub(super) type Href<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A heading that can be linked to, and the prose below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub id: String,
    pub title: String,
    pub text: String,
}

/// A rendered page: its subject, and its headings.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub page: String,
    pub title: String,
    pub about: String,
    pub headings: Vec<Heading>,
}

/// One paragraph of Markdown as HTML, without the paragraph around it. Its words go below `heading`.
pub(super) fn inline(text: &str, href: Href<'_>, heading: Option<&mut Heading>) -> String {
    let mut below = heading.map(|heading| &mut heading.text);
    if let Some(below) = &mut below {
        below.push(' ');
    }
    let events = Parser::new_ext(text, Options::empty()).filter_map(|event| {
        if let Some(below) = &mut below {
            read(&event, below);
        }
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => None,
            Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
            other => Some(other),
        }
    });
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    html::push_html(&mut out, led(events, href));
    out
}

/// Links each name in code, except inside links and in the headers of tables, which are the subjects of their
/// columns.
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
                let link = format!("<a href=\"{href}\">{}</a>", code(&name));
                Event::InlineHtml(link.into())
            }
            None => Event::InlineHtml(code(&name).into()),
        },
        event => event,
    })
}

/// The longest code in prose that is not broken.
const WHOLE: usize = 20;

fn code(text: &str) -> String {
    if text.len() > WHOLE {
        return format!("<code>{}</code>", path(text));
    }
    // A browser breaks lines after hyphens, such as those of a header.
    let class = if text.contains('-') {
        " class=\"whole\""
    } else {
        ""
    };
    format!("<code{class}>{}</code>", escape(text))
}

/// A document of Markdown as HTML: headings can be linked to, and code can be copied. Its headings are one
/// level lower, below that of the page; they are added to `headings`.
pub(super) fn document(
    text: &str,
    title: &str,
    href: Href<'_>,
    headings: &mut Vec<Heading>,
) -> String {
    let mut parser = Parser::new_ext(text, Options::ENABLE_TABLES);
    let mut events = Vec::new();
    let mut samples = 0;
    while let Some(event) = parser.next() {
        let event = match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let inner = parser.by_ref();
                let inner = inner.take_while(|it| !matches!(it, Event::End(TagEnd::Heading(_))));
                let (heading, html) = heading(inner.collect(), level as usize + 1);
                headings.push(heading);
                Event::Html(html.into())
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
        if let Some(last) = headings.last_mut() {
            if matches!(
                event,
                Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell)
            ) {
                last.text.push(' ');
            }
            if !matches!(event, Event::Html(_)) {
                read(&event, &mut last.text);
            }
        }
        events.push(event);
    }
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, led(events.into_iter(), href));
    out
}

fn heading(inner: Vec<Event<'_>>, level: usize) -> (Heading, String) {
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
    let html = format!(
        "<h{level} id=\"{id}\">{shown} \
         <a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to {name}\">#</a></h{level}>\n"
    );
    let heading = Heading {
        id,
        title: told,
        text: String::new(),
    };
    (heading, html)
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

/// Markdown without its markup, on one line.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for event in Parser::new_ext(text, Options::empty()) {
        read(&event, &mut out);
    }
    out
}

/// Appends the text of an event, without markup.
fn read(event: &Event<'_>, out: &mut String) {
    match event {
        Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => {
            out.push_str(part);
        }
        Event::SoftBreak | Event::HardBreak => out.push(' '),
        _ => {}
    }
}

/// Plain text as HTML, also valid in attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    text.chars().for_each(|c| push(&mut out, c));
    out
}

fn push(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(c),
    }
}

/// A path, or another long name, with allowed line breaks so that no word in it is cut: a path breaks after a
/// slash, any other name after an underscore or a dot.
pub(super) fn path(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let marks = if text.contains('/') { "/" } else { "_." };
    let mut rest = text.chars().peekable();
    let mut begun = false;
    while let Some(c) = rest.next() {
        push(&mut out, c);
        if begun && marks.contains(c) && rest.peek().is_some() {
            out.push_str("<wbr>");
        }
        begun = true;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOWHERE: Href<'static> = &|_| None;

    #[test]
    fn a_document_has_headings_with_anchors_and_code_with_names() {
        let mut headings = Vec::new();
        assert_eq!(
            document(
                "# With `a`\n\nText\nof two.\n\n- More.\n\n```rust\nx < y;\n```\n",
                "T",
                NOWHERE,
                &mut headings
            ),
            "<h2 id=\"with-a\">With <code>a</code> <a class=\"anchor\" href=\"#with-a\" \
             aria-label=\"Link to With a\">#</a></h2>\n<p>Text\nof two.</p>\n\
             <ul>\n<li>More.</li>\n</ul>\n\
             <div class=\"sample\" data-language=\"rust\" data-title=\"Example 1 of T\">\n\
             <pre tabindex=\"0\"><code class=\"language-rust\">x &lt; y;</code></pre>\n</div>\n"
        );
        let heading = Heading {
            id: "with-a".to_owned(),
            title: "With a".to_owned(),
            text: " Text of two. More.".to_owned(),
        };
        assert_eq!(headings, [heading]);
    }

    #[test]
    fn the_words_of_a_paragraph_go_below_the_heading_above_it() {
        let mut heading = Heading {
            id: "x".to_owned(),
            title: "X".to_owned(),
            text: "One.".to_owned(),
        };
        inline("Two `and`\n[a half](#y) <b>.", NOWHERE, Some(&mut heading));
        assert_eq!(heading.text, "One. Two and a half <b>.");
    }

    #[test]
    fn a_name_in_prose_leads_to_where_it_is_described_but_not_out_of_a_link_or_a_heading() {
        let href: Href<'_> = &|name| (name == "pets.list").then(|| "#pets.list".to_owned());
        let link = "<a href=\"#pets.list\"><code>pets.list</code></a>";
        assert_eq!(
            inline("Ask `pets.list`, not `pets`.", href, None),
            format!("Ask {link}, not <code>pets</code>.")
        );
        let linked = "<a href=\"x\"><code>pets.list</code></a>";
        assert_eq!(inline("[`pets.list`](x)", href, None), linked);
        let page = document(
            "# `pets.list`\n\n- `pets.list`\n",
            "T",
            href,
            &mut Vec::new(),
        );
        assert!(
            page.starts_with("<h2 id=\"petslist\"><code>pets.list</code> "),
            "{page}"
        );
        assert!(page.contains(&format!("<li>{link}</li>")), "{page}");
        let table = document(
            "| `pets.list` |\n| --- |\n| `pets.list` |\n",
            "T",
            href,
            &mut Vec::new(),
        );
        assert!(table.contains("<th><code>pets.list</code></th>"), "{table}");
        assert!(table.contains(&format!("<td>{link}</td>")), "{table}");
        let code = document("```\npets.list\n```\n", "T", href, &mut Vec::new());
        assert!(!code.contains("<a "), "{code}");
    }

    #[test]
    fn prose_becomes_html_and_raw_html_stays_text() {
        assert_eq!(
            inline("a `b<c` [d](e.html#f)", NOWHERE, None),
            "a <code>b&lt;c</code> <a href=\"e.html#f\">d</a>"
        );
        assert_eq!(escape("a/\"b\" & 'c'"), "a/&quot;b&quot; &amp; &#39;c&#39;");
        assert_eq!(path("/v3/<a>"), "/v3/<wbr>&lt;a&gt;");
        assert_eq!(path("/v3/{a_b}/"), "/v3/<wbr>{a_b}/");
        assert_eq!(path("_a_b.c."), "_a_<wbr>b.<wbr>c.");
        assert_eq!(
            inline(
                "`pets.list_all_of_them` `pets.list_all` `X-Pet`",
                NOWHERE,
                None
            ),
            "<code>pets.<wbr>list_<wbr>all_<wbr>of_<wbr>them</code> <code>pets.list_all</code> \
             <code class=\"whole\">X-Pet</code>"
        );
        let raw = inline("x <b>y</b>", NOWHERE, None);
        assert_eq!(raw, "x &lt;b&gt;y&lt;/b&gt;");
        assert_eq!(plain("a `b<c` [d](e.html#f) \\*"), "a b<c d *");
    }
}
