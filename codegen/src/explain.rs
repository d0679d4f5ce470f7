//! What each diagnostic code means, with an incorrect and a correct example. The examples are the test
//! cases of the codes, so each incorrect one really gives its code.

mod pages;
#[cfg(test)]
mod tests;

pub use pages::{PAGE, page, page_of};

use crate::{
    check::all_codes,
    diagnostic::{self, Code, Severity},
    fixture,
    source::Sources,
};

include!(concat!(env!("OUT_DIR"), "/cases.rs"));

/// Problems of the disk, which no text can show: the number, the description, the incorrect and the correct
/// example.
const OF_THE_DISK: [(&str, &str, &str, &str); 3] = [
    (
        "E001",
        "A folder that does not exist.",
        "cargo xtask check --spec sepc",
        "cargo xtask check --spec spec",
    ),
    (
        "E003",
        "A folder with the name of a file.",
        "spec/groups/things.yaml/",
        "spec/groups/things.yaml",
    ),
    (
        "E004",
        "A file that was saved as Latin-1.",
        "title: Caf\u{fffd}",
        "title: Café",
    ),
];

/// The meaning of a code.
#[derive(Debug)]
pub struct Explanation {
    pub code: &'static Code,
    /// What the example is about.
    pub about: String,
    /// The example, file by file.
    pub examples: Vec<Example>,
    /// What the other cases of the code are about, which have no example here.
    pub others: Vec<String>,
    /// The spec with the incorrect example; none if no text can show the problem.
    pub spec: Option<Sources>,
}

/// The part of a file that differs.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// The file, below the spec folder; none if the example is not from a spec.
    pub file: Option<String>,
    /// The incorrect text; empty if something is missing.
    pub wrong: String,
    /// The correct text; empty if something has to be removed.
    pub right: String,
}

/// Why there is no explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    word: String,
    help: Option<String>,
}

impl std::fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no diagnostic has the code `{}`", self.word)?;
        match &self.help {
            Some(help) => write!(f, ": {help}"),
            None => f.write_str("; `cargo xtask explain` lists them"),
        }
    }
}

impl std::error::Error for UnknownCode {}

/// Every code, by its number.
#[must_use]
pub fn codes() -> Vec<&'static Code> {
    let mut codes: Vec<_> = all_codes().collect();
    codes.sort_by_key(|code| code.number);
    // Two rules can report the same code.
    codes.dedup();
    codes
}

/// Explains the code with this number or name, ignoring case. The letter and leading zeros of a number may be
/// omitted.
///
/// # Errors
///
/// If there is no such code.
pub fn explain(word: &str) -> Result<Explanation, UnknownCode> {
    let codes = codes();
    let is_meant = |code: &&&'static Code| {
        [code.number, code.name]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word))
    };
    let of_number = |digits: &str| {
        let number: Option<u16> = digits.parse().ok();
        let mut all = codes.iter().copied();
        all.find(|code| number.is_some() && code.number[1..].parse().ok() == number)
    };
    let found = codes.iter().find(is_meant).copied();
    let Some(code) = found.or_else(|| of_number(word)) else {
        // An error may have become a warning, or be mistaken for one.
        let other = word.get(1..).and_then(of_number);
        if let Some(other) = other.filter(|_| word.starts_with(['E', 'W', 'e', 'w'])) {
            return Err(UnknownCode {
                word: word.to_owned(),
                help: Some(format!("did you mean `{}`?", other.number)),
            });
        }
        let names = codes.iter().flat_map(|code| [code.number, code.name]);
        return Err(UnknownCode {
            word: word.to_owned(),
            help: diagnostic::did_you_mean(word, names),
        });
    };
    Ok(example(code))
}

/// The code with its example.
fn example(code: &'static Code) -> Explanation {
    let mut explanation = Explanation {
        code,
        about: String::new(),
        examples: Vec::new(),
        others: Vec::new(),
        spec: None,
    };
    if let Some((case, others)) = cases_of(code).split_first() {
        explanation.about = about(case);
        explanation.others = others.iter().map(|case| about(case)).collect();
        explanation.examples = examples(case);
        let sound = Sources::from_texts(SOUND.iter().copied());
        explanation.spec = fixture::apply(&sound, case).ok();
    } else if let Some((_, about, wrong, right)) = OF_THE_DISK
        .iter()
        .find(|(number, ..)| *number == code.number)
    {
        explanation.about = (*about).to_owned();
        explanation.examples.push(Example {
            file: None,
            wrong: (*wrong).to_owned(),
            right: (*right).to_owned(),
        });
    }
    explanation
}

/// The cases for the code. The first one is its example: the one without a suffix, or else the first by name.
fn cases_of(code: &Code) -> Vec<&'static str> {
    let stem = format!("{}-{}.", code.number, code.name);
    let whole = format!("{stem}txt");
    let cases = CASES.iter().filter(|(name, _)| name.starts_with(&stem));
    let mut cases: Vec<_> = cases.collect();
    cases.sort_by_key(|(name, _)| *name != whole);
    cases.into_iter().map(|(_, case)| *case).collect()
}

/// What a case is about.
fn about(case: &str) -> String {
    let (about, _) = case.split_once("\n--- ").unwrap_or((case, ""));
    let about = about.lines().filter(|line| !line.starts_with("also: "));
    about.collect::<Vec<_>>().join(" ")
}

/// The incorrect and the correct texts of a case: those that the case states, or else those that its edits
/// replace.
fn examples(case: &str) -> Vec<Example> {
    let sections = case.split("\n--- ").skip(1).map(|section| {
        let (head, body) = section.split_once('\n').unwrap_or((section, ""));
        let (verb, file) = head.split_once(": ").unwrap_or((head, ""));
        (verb, file, body)
    });
    let says_right = sections.clone().any(|(verb, ..)| verb == "right");
    let mut examples = Vec::new();
    for (verb, file, body) in sections {
        let pairs = match verb {
            "right" => {
                let hunks = fixture::hunks(body).unwrap_or_default().into_iter();
                hunks.map(|(wrong, right)| (right, wrong)).collect()
            }
            _ if says_right => continue,
            "edit" => fixture::hunks(body).unwrap_or_default(),
            "file" => vec![(text_of(file), body.to_owned())],
            _ => vec![(text_of(file), String::new())],
        };
        examples.extend(pairs.into_iter().map(|(right, wrong)| Example {
            file: Some(file.to_owned()),
            wrong,
            right,
        }));
    }
    examples
}

/// The text of a file in the valid spec.
fn text_of(file: &str) -> String {
    let found = SOUND.iter().find(|(path, _)| *path == file);
    found.map_or_else(String::new, |(_, text)| (*text).to_owned())
}

impl std::fmt::Display for Explanation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let code = self.code;
        let level = match code.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(
            f,
            "{} {} ({level})\n{}",
            code.number, code.name, code.explains
        )?;
        if !self.about.is_empty() {
            writeln!(f, "\nFor example: {}", self.about)?;
        }
        for example in &self.examples {
            let place = example.file.as_deref().map(|file| format!(", in {file}"));
            let place = place.unwrap_or_default();
            for (title, text) in [("Wrong", &example.wrong), ("Right", &example.right)] {
                match text.trim_end() {
                    "" => writeln!(f, "\n{title}{place}: without it")?,
                    text => {
                        writeln!(f, "\n{title}{place}:")?;
                        for line in text.lines() {
                            writeln!(f, "{}", format!("    {line}").trim_end())?;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}
