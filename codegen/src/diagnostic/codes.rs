//! The kinds of problems: a stable number, a searchable name, and a sentence for the docs. The kinds of
//! reading are here; each rule of [`crate::check`] declares its own.

/// Whether a problem makes the spec unusable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It does.
    Error,
    /// The spec is usable, but somebody should check it.
    Warning,
}

/// A kind of problem.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// The number, starting with `E` or `W`. It never changes and is never reused.
    pub number: &'static str,
    pub name: &'static str,
    /// Whether it is an error.
    pub severity: Severity,
    /// The requirement on the spec.
    pub explains: &'static str,
}

impl Code {
    #[must_use]
    pub const fn error(number: &'static str, name: &'static str, explains: &'static str) -> Self {
        Self {
            number,
            name,
            severity: Severity::Error,
            explains,
        }
    }

    #[must_use]
    pub const fn warning(number: &'static str, name: &'static str, explains: &'static str) -> Self {
        Self {
            number,
            name,
            severity: Severity::Warning,
            explains,
        }
    }
}

macro_rules! reading {
    ($($id:ident $number:literal $name:literal $explains:literal;)*) => {
        $(
            #[doc = $explains]
            pub static $id: Code = Code::error($number, $name, $explains);
        )*
        /// The problems of reading, in the order of their numbers.
        pub static READING: &[&Code] = &[$(&$id),*];
    };
}

reading! {
    MISSING_FOLDER "E001" "missing-folder" "The spec folder exists.";
    MISSING_FILE "E002" "missing-file" "The four files of a spec exist.";
    UNREADABLE "E003" "unreadable-file" "Every file of the spec can be read.";
    NOT_UTF8 "E004" "not-utf8" "Every file of the spec is UTF-8 text.";
    UNEXPECTED_FILE "E005" "unexpected-file" "The spec folder contains no unexpected YAML files.";
    EMPTY_FILE "E006" "empty-file" "No file of the spec is empty.";
    SYNTAX "E010" "yaml-syntax" "Every file of the spec is YAML.";
    DUPLICATE_KEY "E011" "duplicate-key" "A mapping has each key once.";
    ANCHOR "E012" "anchor" "Values are written out where they are used, without anchors and aliases.";
    MERGE_KEY "E013" "merge-key" "Mappings are written out, without merge keys.";
    TAG "E014" "tag" "Values carry no YAML tags.";
    SEVERAL_DOCUMENTS "E015" "several-documents" "A file is one YAML document.";
    TAB "E016" "tab" "Lines are indented with spaces.";
    DIRECTIVE "E017" "directive" "A file starts without YAML directives.";
    LINK "E018" "link" "Links in the docs point to web pages.";
    UNKNOWN_KEY "E020" "unknown-key" "Every key is part of the format.";
    MISSING_KEY "E021" "missing-key" "No required key is missing.";
    WRONG_KIND "E022" "wrong-kind" "Every value has the type that its key requires.";
    UNKNOWN_WORD "E023" "unknown-word" "If a key has fixed values, the value is one of them.";
    EMPTY_VALUE "E024" "empty-value" "Every key has a value.";
    UNKNOWN_TEMPLATE "E030" "unknown-template" "Every used template is a file below templates/.";
    TEMPLATE_ARGUMENT "E031" "template-argument" "A use of a template passes the arguments that the template requires, and only those that it has.";
    TEMPLATE_HOLE "E032" "template-hole" "Every placeholder of a template is an argument or a key of the group that uses it, and every argument is used.";
    TEMPLATE_KEY "E033" "template-key" "Only templates have `arguments:`, and no argument has a name that every use has already; templates have no schemas and use no templates.";
    UNUSED_TEMPLATE "E034" "unused-template" "Every template is used.";
}
