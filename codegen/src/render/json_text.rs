//! JSON formatted for review: what fits on a line stays on one line, the order is kept, and the same value
//! always gives the same bytes. It formats compact text, so no tree of a whole file is ever in memory.

use serde::Serialize;

const WIDTH: usize = 100;

/// The text of a value, followed by a line end.
pub(super) fn print(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let compact = serde_json::to_string(value)?;
    let mut layout = Layout {
        text: &compact,
        spans: measure(&compact),
        next: 0,
        out: String::with_capacity(compact.len() * 2),
    };
    layout.value(0, 0, 0);
    layout.out.push('\n');
    Ok(layout.out)
}

/// A list or object of the compact text.
struct Span {
    /// Where it ends, after its bracket.
    end: usize,
    /// Its width on one line.
    width: usize,
    /// How many others are inside it.
    inner: usize,
}

/// Every list and object, in the order in which they open.
fn measure(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut at, mut width) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at = match byte {
            b'"' => string_end(bytes, at),
            _ => at + 1,
        };
        width += at - start;
        match byte {
            b'{' | b'[' => {
                open.push(spans.len());
                // Until it is closed, the position where it started.
                let empty = matches!(bytes.get(at), Some(b'}' | b']'));
                spans.push(Span {
                    end: 0,
                    width: width - 1,
                    inner: spans.len(),
                });
                width += if byte == b'{' && !empty { 2 } else { 0 };
            }
            b'}' | b']' => {
                let count = spans.len();
                if let Some(span) = open.pop().and_then(|of| spans.get_mut(of)) {
                    span.end = at;
                    span.width = width - span.width;
                    span.inner = count - span.inner - 1;
                }
            }
            b',' | b':' => width += 1,
            _ => {}
        }
    }
    spans
}

/// The end of the string that starts at `at`, after its quote.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        at += 1;
        match bytes.get(at) {
            Some(b'\\') => at += 1,
            Some(b'"') | None => return at + 1,
            Some(_) => {}
        }
    }
}

struct Layout<'a> {
    text: &'a str,
    spans: Vec<Span>,
    /// The next list or object.
    next: usize,
    out: String,
}

impl Layout<'_> {
    /// Writes the value at `at`, with `taken` columns of its line already used. Returns where it ends.
    fn value(&mut self, at: usize, indent: usize, taken: usize) -> usize {
        let open = self.byte(at);
        if !matches!(open, b'{' | b'[') {
            let end = self.scalar_end(at);
            self.out.push_str(&self.text[at..end]);
            return end;
        }
        let Some(span) = self.spans.get(self.next) else {
            return self.text.len();
        };
        self.next += 1;
        let end = span.end;
        if taken + span.width <= WIDTH {
            self.next += span.inner;
            self.inline(at, end);
            return end;
        }
        self.out.push(open as char);
        let mut at = at + 1;
        let indent = indent + 2;
        while at < end - 1 {
            self.line(indent);
            let mut taken = indent + 1;
            if open == b'{' {
                let key = string_end(self.text.as_bytes(), at);
                self.out.push_str(&self.text[at..key]);
                self.out.push_str(": ");
                taken += key - at + 2;
                at = key + 1;
            }
            at = self.value(at, indent, taken);
            if self.byte(at) == b',' {
                self.out.push(',');
                at += 1;
            }
        }
        self.line(indent - 2);
        self.out.push(self.byte(end - 1) as char);
        end
    }

    /// Writes a whole list or object on one line.
    fn inline(&mut self, mut at: usize, end: usize) {
        while at < end {
            let start = at;
            let byte = self.byte(at);
            at = self.scalar_end(at);
            if byte == b'}' && !self.out.ends_with('{') {
                self.out.push(' ');
            }
            self.out.push_str(&self.text[start..at]);
            match byte {
                b'{' if self.byte(at) != b'}' => self.out.push(' '),
                b',' | b':' => self.out.push(' '),
                _ => {}
            }
        }
    }

    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or_default()
    }

    /// The end of the string, word, number or single character at `at`.
    fn scalar_end(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        match self.byte(at) {
            b'"' => string_end(bytes, at),
            b'{' | b'}' | b'[' | b']' | b',' | b':' => at + 1,
            _ => {
                let rest = bytes[at..].iter();
                let signs = |byte: &u8| matches!(byte, b',' | b'}' | b']');
                at + rest.take_while(|byte| !signs(byte)).count()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_fits_stays_on_one_line_and_the_rest_is_spread() {
        let long = "x".repeat(90);
        let value =
            json!({ "a": [1, -2.5, {}, []], "b": { "c": long, "d": [] }, "e": "é\n,{\\\"" });
        let text = print(&value).unwrap();
        let expected = format!(
            "{{\n  \"a\": [1, -2.5, {{}}, []],\n  \"b\": {{\n    \"c\": \"{long}\",\n    \
             \"d\": []\n  }},\n  \"e\": \"é\\n,{{\\\\\\\"\"\n}}\n"
        );
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        let short = json!({ "a": { "b": [true, null] } });
        assert_eq!(
            print(&short).unwrap(),
            "{ \"a\": { \"b\": [true, null] } }\n"
        );
        assert_eq!(print(&json!("only")).unwrap(), "\"only\"\n");
    }

    #[test]
    fn no_line_is_wider_than_it_must_be() {
        let fits = json!({ "k": "x".repeat(88), "l": 1 });
        let wide = json!({ "k": "x".repeat(89), "l": 1 });
        assert_eq!(print(&fits).unwrap().lines().count(), 4);
        assert_eq!(print(&wide).unwrap().lines().count(), 4);
        for size in 60..100 {
            let value = json!([{ "k": "x".repeat(size) }, 1]);
            let text = print(&value).unwrap();
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
            for line in text
                .lines()
                .filter(|line| line.contains('[') || line.contains('{'))
            {
                assert!(line.len() <= WIDTH, "{line}");
            }
        }
    }
}
