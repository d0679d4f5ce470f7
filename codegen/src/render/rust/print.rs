//! Rust text, line by line: declarations are macro calls, which no formatter touches, so they are printed in
//! their final form.

/// The maximum width of a line before its arguments are broken over lines.
const WIDTH: usize = 100;

/// The text of a file.
#[derive(Default)]
pub(super) struct Text {
    out: String,
    depth: usize,
}

impl Text {
    /// Appends a line; an empty one is an empty line.
    pub(super) fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.out.extend(std::iter::repeat_n("    ", self.depth));
            self.out.push_str(line);
        }
        self.out.push('\n');
    }

    /// Appends lines below `head`, which opens a brace, and closes it.
    pub(super) fn block(&mut self, head: &str, inside: impl FnOnce(&mut Self)) {
        self.line(&format!("{head} {{"));
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.line("}");
    }

    /// Appends documentation of what follows.
    pub(super) fn docs(&mut self, lines: &[String]) {
        self.comment("///", lines);
    }

    /// Appends documentation of the module.
    pub(super) fn module_docs(&mut self, lines: &[String]) {
        self.comment("//!", lines);
        self.line("");
    }

    fn comment(&mut self, mark: &str, lines: &[String]) {
        let width = WIDTH - 4 * self.depth - mark.len() - 1;
        for line in wrapped(lines, width) {
            let line = format!("{mark} {line}");
            self.line(line.trim_end());
        }
    }

    /// Appends `head(items)tail`, with each item on its own line if that is too wide.
    pub(super) fn call(&mut self, head: &str, items: &[String], tail: &str) {
        let line = format!("{head}({}){tail}", items.join(", "));
        if 4 * self.depth + line.len() <= WIDTH {
            return self.line(&line);
        }
        self.line(&format!("{head}("));
        self.depth += 1;
        for item in items {
            self.line(&format!("{item},"));
        }
        self.depth -= 1;
        self.line(&format!("){tail}"));
    }

    /// Like [`block`](Self::block), below a head with arguments.
    pub(super) fn call_block(
        &mut self,
        head: &str,
        items: &[String],
        tail: &str,
        inside: impl FnOnce(&mut Self),
    ) {
        self.call(head, items, &format!("{tail} {{"));
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.line("}");
    }

    /// Appends what was printed elsewhere.
    pub(super) fn append(&mut self, text: &Self) {
        self.out.push_str(&text.out);
    }

    pub(super) fn as_str(&self) -> &str {
        &self.out
    }

    pub(super) fn into_string(self) -> String {
        self.out
    }
}

/// `lines`, each of which is wrapped; an empty one is an empty line.
pub(super) fn wrapped(lines: &[String], width: usize) -> Vec<String> {
    let mut out = Vec::new();
    let mut code = false;
    for line in lines {
        code ^= line.starts_with("```");
        if code || line.is_empty() || line.starts_with("```") {
            out.push(line.clone());
            continue;
        }
        let indent = if line.starts_with("- ") { "  " } else { "" };
        let options = textwrap::Options::new(width)
            .subsequent_indent(indent)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .word_separator(textwrap::WordSeparator::AsciiSpace);
        out.extend(textwrap::wrap(line, options).into_iter().map(Into::into));
    }
    out
}

/// A string as a Rust literal.
pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}
