//! Rejects source that is nested so deeply that parsing it would overflow the stack, which would end the program
//! without a message. The parser and the visitor are recursive.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

/// The maximum number of consecutive tokens, including those around them. Each of them may open a level: a
/// bracket, a call in a chain, an operator. Programs written by people stay far below it.
const MOST: usize = 2_000;

/// Enough stack for that many levels.
pub(super) const STACK: usize = 128 << 20;

/// The place where the source becomes too deep. The parser reports source that is not Rust.
pub(super) fn too_deep(text: &str) -> Option<Span> {
    let tokens: TokenStream = without_shebang(text).parse().ok()?;
    let mut left = vec![(tokens, 0)];
    while let Some((tokens, around)) = left.pop() {
        let mut level: usize = around;
        let mut after_block = false;
        let mut in_attribute = false;
        for token in tokens {
            if in_attribute {
                // Attributes, and so doc comments, do not nest.
                if let TokenTree::Group(group) = &token {
                    left.push((group.stream(), level));
                    in_attribute = false;
                    continue;
                }
                if is(&token, "!") {
                    continue;
                }
                in_attribute = false;
            }
            if is(&token, "#") {
                in_attribute = true;
                continue;
            }
            if is(&token, ";,") || after_block && begins(&token) {
                level = around;
            }
            level += 1;
            if level > MOST {
                return Some(token.span());
            }
            after_block = false;
            if let TokenTree::Group(group) = &token {
                left.push((group.stream(), level));
                after_block = group.delimiter() == Delimiter::Brace;
            }
        }
    }
    None
}

/// Whether the token after a block starts something new, such as the next function or the next arm of a `match`.
fn begins(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(word) => word != "else" && word != "as",
        TokenTree::Literal(_) => true,
        TokenTree::Group(group) => group.delimiter() != Delimiter::Brace,
        TokenTree::Punct(_) => false,
    }
}

fn is(token: &TokenTree, any: &str) -> bool {
    matches!(token, TokenTree::Punct(punct) if any.contains(punct.as_char()))
}

/// The text without a byte-order mark and without the first line of a script, which the parser skips.
fn without_shebang(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_script = text.starts_with("#!") && !text.starts_with("#![");
    let line = text.find('\n').filter(|_| is_script);
    line.and_then(|end| text.get(end..)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_overflow_the_stack_is_refused_and_long_programs_are_not() {
        let deep = [
            format!("fn f() {{ {}1{}; }}", "(".repeat(3_000), ")".repeat(3_000)),
            format!("fn f() {{ {}{} }}", "{".repeat(3_000), "}".repeat(3_000)),
            format!("fn f() {{ store{}; }}", ".products()".repeat(1_000)),
            format!("fn f() {{ {}1; }}", "1 + ".repeat(1_500)),
            format!("fn f() {{ {}1; }}", "{ 1 } + ".repeat(1_500)),
            format!("fn f() {{ {}x; }}", "&".repeat(3_000)),
            format!("type T = {}u8{};", "Vec<".repeat(1_500), ">".repeat(1_500)),
            format!("#!/bin/it's\nfn f() {{ {}x; }}", "!".repeat(3_000)),
        ];
        for text in &deep {
            let start: String = text.chars().take(40).collect();
            assert!(too_deep(text).is_some(), "{start}");
        }
        let long = [
            "/// Text.\nfn f() { g(1, 2); }\n".repeat(3_000),
            format!("{}fn f() {{}}", "//! Text.\n".repeat(3_000)),
            format!("const A: [u8; 9000] = [{}];", "1, ".repeat(9_000)),
            format!("fn f() {{ {} }}", "if a { b } ".repeat(3_000)),
            format!(
                "fn f() {{ match a {{ {} }} }}",
                "(A, B) => { c } ".repeat(3_000)
            ),
            format!("fn f() {{ {} }}", "store.products().list();".repeat(3_000)),
        ];
        for text in &long {
            let start: String = text.chars().take(40).collect();
            assert!(too_deep(text).is_none(), "{start}");
        }
        assert!(too_deep("fn f() { (").is_none(), "this is for the parser");
    }
}
