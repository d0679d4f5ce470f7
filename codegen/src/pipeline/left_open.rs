//! What an unreadable value leaves undetermined in other parts of the spec that refer to it, so that one
//! mistake is reported once.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::{Diagnostic, Segment, SpecPath},
    spec::Official,
};

/// A place that others refer to, and the codes they report while it is unknown.
struct Central {
    /// The file, or any file if there is none.
    file: Option<&'static str>,
    /// The keys that lead to it, where `*` is any.
    way: &'static [&'static str],
    /// Problems with names that it would have declared, wherever they are used.
    everywhere: &'static [&'static str],
    /// The same, in its own file and in uses by other files with the name of its group.
    own: &'static [&'static str],
}

const SERVICE: Option<&str> = Some("service.yaml");
const SCOPES: Option<&str> = Some("scopes.yaml");
const EVENTS: Option<&str> = Some("events.yaml");
const SHARED: Option<&str> = Some("shared.yaml");
const OFFICIAL: Option<&str> = Some(Official::FILE);

/// What is unknown may use an apparently unused schema, and have an apparently missing field.
const USES: &[&str] = &["E326", "E506", "E507", "W330", "W331"];

const CENTRAL: &[Central] = &[
    Central::new(SERVICE, &["generations"], &["E214", "E227"], &["E505"]),
    Central::new(SERVICE, &["generations", "*"], &["E214"], &[]),
    Central::new(SERVICE, &["generations", "*", "operators"], &["E214"], &[]),
    Central::new(SERVICE, &["base_url"], OF_OPERATIONS, &[]),
    Central::new(SERVICE, &["pages"], &["E212", "E230", "E240"], &[]),
    Central::new(SERVICE, &["rates"], &["E226"], &[]),
    Central::new(SERVICE, &["servers"], &["E237"], &[]),
    Central::new(SCOPES, &["areas"], &["E400", "E501"], &[]),
    Central::new(SCOPES, &["areas", "*"], &["E400", "E501"], &[]),
    Central::new(SCOPES, &["areas", "*", "levels"], &["E400", "E501"], &[]),
    Central::new(
        SCOPES,
        &["areas", "*", "levels", "*"],
        &["E400", "E501"],
        &[],
    ),
    Central::new(EVENTS, &["events"], OF_EVENTS, &[]),
    Central::new(EVENTS, &["events", "*"], OF_EVENTS, &[]),
    Central::new(EVENTS, &["wildcards"], &["E410"], &[]),
    Central::new(SHARED, &["schemas"], &["E301", "W330", "W331"], &[]),
    Central::new(OFFICIAL, &["files"], OF_OPERATIONS, &[]),
    Central::new(OFFICIAL, &["files", "*"], OF_OPERATIONS, &[]),
    Central::new(OFFICIAL, &["files", "*", "*"], OF_OPERATIONS, &[]),
    Central::new(OFFICIAL, &["later"], &["E533"], &[]),
    Central::new(OFFICIAL, &["out"], &["E533"], &[]),
    Central::new(None, &["path"], &["E507"], &["E202"]),
    Central::new(None, &["endpoints"], OF_ENDPOINTS, OF_THE_GROUP),
    Central::new(None, &["endpoints", "*"], OF_ENDPOINTS, OF_THE_GROUP),
    Central::new(None, &["endpoints", "*", "id"], &["E506"], OF_AN_ID),
    Central::new(None, &["endpoints", "*", "envelope"], &[], &["E249"]),
    Central::new(None, &["endpoints", "*", "include"], &["E326"], &[]),
    Central::new(
        None,
        &["endpoints", "*", "query"],
        OF_PARAMETERS,
        OF_A_QUERY,
    ),
    Central::new(
        None,
        &["endpoints", "*", "query", "*"],
        OF_PARAMETERS,
        OF_A_QUERY,
    ),
    Central::new(None, &["endpoints", "*", "filters"], &["E507"], &["E240"]),
    Central::new(None, &["endpoints", "*", "headers"], &["E507"], &[]),
    Central::new(None, &["endpoints", "*", "form"], &["E507"], &[]),
    Central::new(None, &["endpoints", "*", "path"], &["E507"], &[]),
    Central::new(None, &["endpoints", "*", "get"], OF_ENDPOINTS, OF_A_METHOD),
    Central::new(None, &["endpoints", "*", "post"], OF_ENDPOINTS, OF_A_METHOD),
    Central::new(None, &["endpoints", "*", "put"], OF_ENDPOINTS, OF_A_METHOD),
    Central::new(
        None,
        &["endpoints", "*", "patch"],
        OF_ENDPOINTS,
        OF_A_METHOD,
    ),
    Central::new(
        None,
        &["endpoints", "*", "delete"],
        OF_ENDPOINTS,
        OF_A_METHOD,
    ),
    Central::new(
        None,
        &["endpoints", "*", "conflicts", "*", "guide"],
        &[],
        &["E500"],
    ),
    Central::new(
        None,
        &["endpoints", "*", "conflicts", "*", "official"],
        &[],
        &["E500"],
    ),
    Central::new(None, &["schemas"], USES, &["E301"]),
    Central::new(None, &["schemas", "*"], USES, &[]),
    Central::new(None, &["schemas", "*", "fields"], USES, &[]),
    Central::new(None, &["schemas", "*", "fields", "*"], USES, &[]),
    Central::new(None, &["schemas", "*", "one_of"], USES, &[]),
    Central::new(None, &["schemas", "*", "values"], &["E326"], &[]),
];

const OF_EVENTS: &[&str] = &["E410", "E412", "E501", "W330", "W331"];
const OF_ENDPOINTS: &[&str] = &["E326", "E501", "E506", "E507", "E533", "W330", "W331"];
const OF_OPERATIONS: &[&str] = &["E530", "E531", "E532", "E533", "E534"];
const OF_PARAMETERS: &[&str] = &["E326", "E507"];
/// Other calls of the group may inherit values from one that is unknown, or record differences that it has.
const OF_THE_GROUP: &[&str] = &["E203", "E249", "E508"];
const OF_AN_ID: &[&str] = &["E249", "E508"];
/// A job may be selected by a parameter that is unknown, and values may be inherited without it.
const OF_A_QUERY: &[&str] = &["E240", "E249"];
/// An endpoint whose method is invalid counts as one without a method and without path parameters.
const OF_A_METHOD: &[&str] = &["E200", "E203", "E249"];

impl Central {
    const fn new(
        file: Option<&'static str>,
        way: &'static [&'static str],
        everywhere: &'static [&'static str],
        own: &'static [&'static str],
    ) -> Self {
        Self {
            file,
            way,
            everywhere,
            own,
        }
    }

    fn is(&self, place: &SpecPath) -> bool {
        let is_key = |(wanted, step): (&&str, &Segment)| match step {
            _ if *wanted == "*" => true,
            Segment::Key(key) => key == wanted,
            Segment::Index(_) => false,
        };
        self.file.is_none_or(|file| file == place.file)
            && self.way.len() == place.segments.len()
            && self.way.iter().zip(&place.segments).all(is_key)
    }
}

/// The central places whose contents are unknown.
#[derive(Default)]
pub(super) struct LeftOpen<'a> {
    everywhere: BTreeSet<&'static str>,
    /// By code, the files in which they are reported.
    own: BTreeMap<&'static str, BTreeSet<&'a str>>,
}

impl<'a> LeftOpen<'a> {
    pub(super) fn new(stand_ins: &'a [SpecPath]) -> Self {
        let mut open = Self::default();
        for place in stand_ins {
            for central in CENTRAL.iter().filter(|central| central.is(place)) {
                open.everywhere.extend(central.everywhere);
                for code in central.own {
                    open.own
                        .entry(*code)
                        .or_default()
                        .insert(place.file.as_str());
                }
            }
        }
        open
    }

    /// Whether it may be a mere consequence of such an unknown place.
    pub(super) fn explain(&self, diagnostic: &Diagnostic) -> bool {
        let number = diagnostic.code.number;
        let mut files = self.own.get(number).into_iter().flatten();
        self.everywhere.contains(number)
            || files.any(|file| diagnostic.at.file == *file || speaks_of(diagnostic, file))
    }
}

/// Whether it names something of the group in a file.
fn speaks_of(diagnostic: &Diagnostic, file: &str) -> bool {
    let name = crate::load::group_name(file);
    name.is_some_and(|name| diagnostic.message.contains(&format!("`{name}.")))
}
