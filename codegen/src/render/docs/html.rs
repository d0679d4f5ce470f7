//! Prose as HTML. Raw HTML in it is shown as text, never passed on.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// One paragraph of Markdown as HTML, without the paragraph around it.
pub(super) fn inline(text: &str) -> String {
    let events = Parser::new_ext(text, Options::empty()).filter_map(|event| match event {
        Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => None,
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        other => Some(other),
    });
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    html::push_html(&mut out, events);
    out
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_becomes_html_and_raw_html_stays_text() {
        assert_eq!(
            inline("a `b<c` [d](e.html#f)"),
            "a <code>b&lt;c</code> <a href=\"e.html#f\">d</a>"
        );
        assert_eq!(escape("a/\"b\" & 'c'"), "a/&quot;b&quot; &amp; &#39;c&#39;");
        assert_eq!(path("/v3/<a>"), "/v3/<wbr>&lt;a&gt;");
        assert_eq!(inline("x <b>y</b>"), "x &lt;b&gt;y&lt;/b&gt;");
        assert_eq!(plain("a `b<c` [d](e.html#f) \\*"), "a b<c d *");
    }
}
