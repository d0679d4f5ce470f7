//! What an unreadable file leaves undetermined, so that the rest of the spec is checked without reporting
//! mere consequences of its absence.

use crate::{
    diagnostic::{Diagnostic, Diagnostics, Segment, codes},
    load::{TEMPLATES, group_name},
    spec::Official,
};

/// What the unreadable files would have contained.
pub(super) struct Unread<'a> {
    /// Whether one of them is a file to which all others refer.
    is_central: bool,
    /// The names of groups, templates and providers.
    names: Vec<&'a str>,
    has_template: bool,
}

/// What is checked within a file, whatever the central files say.
const OF_A_FILE: &[&str] = &[
    "E100", "E101", "E102", "E106", "E200", "E201", "E202", "E220", "E222", "E228", "E233", "E234",
    "E300", "E310", "E311", "E312", "E313", "E315", "E319", "E320", "E322", "E323", "E500", "E502",
    "E503", "E505", "E510", "W511", "W512", "W520",
];

/// What is checked across all groups: totals, names from anywhere, and what is used.
const OF_ALL_GROUPS: &[&str] = &["E326", "E501", "E506", "E507", "E533", "W330", "W331"];

/// What else a template would have made is unknown, including the names of its groups.
const OF_TEMPLATES: &[&str] = &["E107", "E203", "E301", "E508", "E540"];

impl<'a> Unread<'a> {
    pub(super) fn new(files: &'a [String]) -> Self {
        let files = files.iter().filter(|file| *file != Official::FILE);
        let names = files.clone().filter_map(|file| group_name(file));
        Self {
            is_central: files.clone().any(|file| group_name(file).is_none()),
            names: names.collect(),
            has_template: files.clone().any(|file| file.starts_with(TEMPLATES)),
        }
    }

    /// The same if templates are missing or faulty, or are used incorrectly, which is reported where they are.
    pub(super) fn without_templates(mut self, found: &Diagnostics) -> Self {
        let of_templates = [
            &codes::UNKNOWN_TEMPLATE,
            &codes::TEMPLATE_ARGUMENT,
            &codes::TEMPLATE_HOLE,
        ];
        let of_uses = [&codes::WRONG_KIND, &codes::EMPTY_VALUE];
        self.has_template |= found.iter().any(|found| {
            let is_in_uses =
                matches!(found.at.segments.first(), Some(Segment::Key(key)) if key == "templates");
            of_templates.contains(&found.code) || is_in_uses && of_uses.contains(&found.code)
        });
        self
    }

    /// Whether it may be a mere consequence of these missing files.
    pub(super) fn explain(&self, diagnostic: &Diagnostic) -> bool {
        let number = diagnostic.code.number;
        if self.is_central {
            return !OF_A_FILE.contains(&number);
        }
        let lacks_groups = self.has_template || !self.names.is_empty();
        let is_of_all = lacks_groups && OF_ALL_GROUPS.contains(&number);
        let is_of_template = self.has_template && OF_TEMPLATES.contains(&number);
        is_of_all || is_of_template || self.names.iter().any(|name| speaks_of(diagnostic, name))
    }

    /// The same for what the loader reports about templates.
    pub(super) fn hides_template(&self, diagnostic: &Diagnostic) -> bool {
        let is_unused = diagnostic.code == &codes::UNUSED_TEMPLATE && !self.names.is_empty();
        let is_unknown = diagnostic.code == &codes::UNKNOWN_TEMPLATE;
        is_unused || is_unknown && self.names.iter().any(|name| speaks_of(diagnostic, name))
    }
}

/// Whether it names a group, something in it, or its file.
fn speaks_of(diagnostic: &Diagnostic, name: &str) -> bool {
    let says = &diagnostic.message;
    [
        format!("`{name}`"),
        format!("`{name}."),
        format!("/{name}.yaml`"),
    ]
    .iter()
    .any(|spelled| says.contains(spelled))
}
