//! Describes a place in an operation in the words of differences: `body field codes` rather than all the keys
//! that lead to it.

/// What happened to a key that only one of two revisions has.
pub(super) const NEW: &str = " is new";
pub(super) const GONE: &str = " is removed";

/// The keys that lead to a place, and what happened to it.
pub(super) fn split(place: &str) -> (&str, &str) {
    let ends = [NEW, GONE, " ("];
    let end = ends.iter().filter_map(|end| place.find(end)).min();
    place.split_at(end.unwrap_or(place.len()))
}

/// The place in words, without the position among alternatives.
pub(super) fn said(place: &str) -> String {
    let (way, became) = split(place);
    let (mut said, way) = match way.split_once('/') {
        Some(("requestBody", rest)) => ("body".to_owned(), rest),
        Some(("responses", rest)) => {
            let (status, rest) = rest.split_once('/').unwrap_or((rest, ""));
            (format!("response {status}"), rest)
        }
        _ => return place.to_owned(),
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
    if !field.is_empty() {
        said.push_str(" field ");
        said.push_str(&field);
    }
    if !rest.is_empty() {
        said.push_str(": ");
        said.push_str(&rest.join("/"));
    }
    said.push_str(became);
    said
}

/// The subject of the text at a place; nothing if that is the whole operation.
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
    use super::{said, thing};

    #[test]
    fn a_text_is_about_what_has_it_whether_that_or_its_schema_says_it() {
        let body = "requestBody/content/application/json/schema";
        for (place, told) in [
            (String::new(), ""),
            ("requestBody".to_owned(), "body"),
            (body.to_owned(), "body"),
            (format!("{body}/properties/codes"), "body field codes"),
            ("responses/409".to_owned(), "response 409"),
            ("parameter depth: ".to_owned(), "parameter depth"),
            ("parameter depth: schema".to_owned(), "parameter depth"),
        ] {
            assert_eq!(thing(&place), told, "{place}");
        }
    }

    #[test]
    fn a_place_is_told_by_the_field_and_in_which_alternative_it_stands_is_left_out() {
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
