//! The name of a file in `Content-Disposition` (RFC 6266).

use percent_encoding::percent_decode_str;

/// The name, without any folder.
pub(super) fn of(said: &str) -> Option<String> {
    let parameters: Vec<(String, String)> = parameters(said);
    let get = |name: &str| {
        let found = parameters.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    let extended = get("filename*").and_then(|value| {
        let (charset, rest) = value.split_once('\'')?;
        let (_, encoded) = rest.split_once('\'')?;
        let decoded = percent_decode_str(encoded);
        charset
            .eq_ignore_ascii_case("utf-8")
            .then(|| decoded.decode_utf8_lossy().into_owned())
    });
    let name = extended.or_else(|| get("filename").map(str::to_owned))?;
    // The sender must not choose where the file is stored.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // A letter and a colon are a drive on Windows, and a colon starts an alternate data stream of the file.
    let plain = |c: char| if c == ':' { '_' } else { c };
    let name: String = name
        .chars()
        .filter(|c| !c.is_control())
        .map(plain)
        .collect();
    (!matches!(name.trim(), "" | "." | "..")).then_some(name)
}

/// The parameters after the first token, with lower-case names.
fn parameters(said: &str) -> Vec<(String, String)> {
    let mut parameters = Vec::new();
    let mut rest = said.split_once(';').map_or("", |(_, rest)| rest);
    while let Some((name, value)) = rest.split_once('=') {
        let value = value.trim_start();
        let (value, left) = match value.strip_prefix('"') {
            Some(quoted) => unquoted(quoted),
            None => {
                let (value, left) = value.split_once(';').unwrap_or((value, ""));
                (value.trim_end().to_owned(), left)
            }
        };
        let name = name.trim_start_matches([';', ' ', '\t']);
        parameters.push((name.trim_end().to_ascii_lowercase(), value));
        rest = left;
    }
    parameters
}

/// The text up to the closing quote, and the rest after it.
fn unquoted(quoted: &str) -> (String, &str) {
    let mut text = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (text, quoted.get(at + 1..).unwrap_or_default()),
            '\\' => text.extend(chars.next().map(|(_, c)| c)),
            c => text.push(c),
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_read_and_never_leads_out_of_a_folder() {
        for (said, name) in [
            ("attachment; filename=redirects.csv", Some("redirects.csv")),
            (
                r#"attachment; filename="a; b.csv"; size=3"#,
                Some("a; b.csv"),
            ),
            (r#"attachment; filename="a\"b.csv""#, Some("a\"b.csv")),
            (
                "attachment; filename=\"x\"; filename*=UTF-8''%c3%a9.csv",
                Some("é.csv"),
            ),
            ("inline; FileName = a.csv ;x=1", Some("a.csv")),
            (r#"attachment; filename="../../etc/passwd""#, Some("passwd")),
            (r"attachment; filename=C:\temp\a.csv", Some("a.csv")),
            (r#"attachment; filename="c:a.csv""#, Some("c_a.csv")),
            ("attachment; filename*=UTF-8''a.csv%3Ab", Some("a.csv_b")),
            (r#"attachment; filename="..""#, None),
            ("attachment; filename=", None),
            ("attachment", None),
            ("", None),
        ] {
            assert_eq!(of(said).as_deref(), name, "{said}");
        }
    }
}
