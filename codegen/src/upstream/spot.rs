//! Describes a place in an operation in the words of differences: `body field codes` rather than all the keys
//! that lead to it.

use std::fmt;

/// What happened to a key that only one of two revisions has.
pub(super) const NEW: &str = " is new";
pub(super) const GONE: &str = " is removed";

/// The keys that lead to a place, and what happened to it.
pub(super) fn split(place: &str) -> (&str, &str) {
    let ends = [NEW, GONE, " ("];
    let end = ends.iter().filter_map(|end| place.find(end)).min();
    place.split_at(end.unwrap_or(place.len()))
}

/// What a text in an operation is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The whole operation.
    Call,
    /// A parameter, by its name.
    Parameter(String),
    /// The request body.
    Body,
    /// A field of the request body, by the names that lead to it: `[].codes`.
    BodyField(String),
    /// A field of the response with this status.
    ResponseField { status: String, names: String },
    /// A part that no limit of the spec is about.
    Other,
}

/// What has a place in a body.
#[derive(Clone, Copy)]
enum Part<'p> {
    Body,
    /// The response with this status.
    Response(&'p str),
}

/// A place in a body.
struct Spot<'p> {
    part: Part<'p>,
    /// The names that lead to the field.
    field: String,
    /// The keys below it.
    rest: Vec<&'p str>,
}

impl<'p> Spot<'p> {
    /// The place to which these keys lead, without the position among alternatives.
    fn of(way: &'p str) -> Option<Self> {
        let (part, way) = match way.split_once('/')? {
            ("requestBody", rest) => (Part::Body, rest),
            ("responses", rest) => {
                let (status, rest) = rest.split_once('/').unwrap_or((rest, ""));
                (Part::Response(status), rest)
            }
            _ => return None,
        };
        let mut steps = way.split('/').filter(|step| !step.is_empty()).peekable();
        let (mut field, mut rest) = (String::new(), Vec::new());
        while let Some(step) = steps.next() {
            let is_number = |next: &&str| next.parse::<usize>().is_ok();
            match step {
                _ if !rest.is_empty() => rest.push(step),
                // A media type contains a slash.
                "content" if steps.peek().is_some() => {
                    steps.next();
                    steps.next();
                }
                "schema" if steps.peek().is_some() => {}
                "oneOf" | "anyOf" | "allOf" if steps.peek().is_some_and(is_number) => {
                    steps.next();
                }
                "items" if steps.peek().is_some() => field.push_str("[]"),
                "properties" if steps.peek().is_some() => {
                    if !field.is_empty() {
                        field.push('.');
                    }
                    field.push_str(steps.next().unwrap_or_default());
                }
                _ => rest.push(step),
            }
        }
        Some(Self { part, field, rest })
    }
}

impl fmt::Display for Spot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Body => f.write_str("body")?,
            Part::Response(status) => write!(f, "response {status}")?,
        }
        if !self.field.is_empty() {
            write!(f, " field {}", self.field)?;
        }
        match self.rest.as_slice() {
            [] => Ok(()),
            rest => write!(f, ": {}", rest.join("/")),
        }
    }
}

/// The place in words.
pub(super) fn said(place: &str) -> String {
    let (way, became) = split(place);
    match Spot::of(way) {
        Some(spot) => format!("{spot}{became}"),
        None => place.to_owned(),
    }
}

/// What the text at a place is about, whether that or its schema has the text.
pub(super) fn subject(place: &str) -> Subject {
    let is_own = |rest: &[&str]| matches!(rest, [] | [""] | ["schema"]);
    if let Some(parameter) = place.strip_prefix("parameter ") {
        let (name, rest) = parameter.split_once(": ").unwrap_or((parameter, ""));
        return match is_own(&[rest]) {
            true => Subject::Parameter(name.to_owned()),
            false => Subject::Other,
        };
    }
    match place {
        "" => return Subject::Call,
        "requestBody" => return Subject::Body,
        _ => {}
    }
    let spot = Spot::of(place).filter(|spot| is_own(&spot.rest));
    match spot.map(|spot| (spot.part, spot.field)) {
        Some((Part::Body, field)) if field.is_empty() => Subject::Body,
        Some((Part::Body, field)) => Subject::BodyField(field),
        Some((Part::Response(status), names)) if !names.is_empty() => Subject::ResponseField {
            status: status.to_owned(),
            names,
        },
        _ => Subject::Other,
    }
}

/// The same in words; nothing if it is the whole operation.
pub(super) fn thing(place: &str) -> String {
    if place == "requestBody" {
        return "body".to_owned();
    }
    let said = said(place);
    let thing = said.strip_suffix(": schema").unwrap_or(&said);
    thing.trim_end_matches([':', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Subject, said, subject, thing};

    #[test]
    fn a_text_is_about_what_has_it_whether_that_or_its_schema_says_it() {
        let body = "requestBody/content/application/json/schema";
        let response = "responses/200/content/application/json/schema";
        let depth = || Subject::Parameter("depth".to_owned());
        let of_response = Subject::ResponseField {
            status: "200".to_owned(),
            names: "[].codes".to_owned(),
        };
        for (place, told, about) in [
            (String::new(), "", Subject::Call),
            ("requestBody".to_owned(), "body", Subject::Body),
            (body.to_owned(), "body", Subject::Body),
            (
                format!("{body}/properties/codes"),
                "body field codes",
                Subject::BodyField("codes".to_owned()),
            ),
            (
                format!("{body}/properties/codes/items"),
                "body field codes: items",
                Subject::Other,
            ),
            (
                format!("{response}/items/properties/codes"),
                "response 200 field [].codes",
                of_response,
            ),
            ("responses/409".to_owned(), "response 409", Subject::Other),
            ("parameter depth: ".to_owned(), "parameter depth", depth()),
            (
                "parameter depth: schema".to_owned(),
                "parameter depth",
                depth(),
            ),
            (
                "parameter depth: schema/items".to_owned(),
                "parameter depth: schema/items",
                Subject::Other,
            ),
        ] {
            assert_eq!(thing(&place), told, "{place}");
            assert_eq!(subject(&place), about, "{place}");
        }
    }

    #[test]
    fn a_place_is_named_by_the_field_and_the_alternative_that_has_it_is_left_out() {
        let body = "requestBody/content/application/json/schema";
        for (place, told) in [
            (
                format!("{body}/oneOf/0/allOf/1/properties/codes is removed"),
                "body field codes is removed",
            ),
            (
                format!("{body}/items/properties/a/items/properties/b/required (`c` is new)"),
                "body field [].a[].b: required (`c` is new)",
            ),
            (
                "responses/200/content/text/event-stream/schema/type".to_owned(),
                "response 200: type",
            ),
            ("responses/409 is new".to_owned(), "response 409 is new"),
            (
                "parameter a: schema/type".to_owned(),
                "parameter a: schema/type",
            ),
            ("deprecated is new".to_owned(), "deprecated is new"),
        ] {
            assert_eq!(said(&place), told, "{place}");
        }
    }
}
