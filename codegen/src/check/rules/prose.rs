//! Texts: that they exist, and that they say something.

use std::cell::LazyCell;

use crate::{
    diagnostic::{At, Code, Diagnostic, Diagnostics, Locator, SpecPath},
    index::Index,
    spec::{Map, Member},
};

pub static EMPTY_TEXT: Code = Code::error("E510", "empty-text", "A text is not empty.");
pub static FILLER: Code = Code::warning(
    "W511",
    "filler",
    "A text says more than the name it explains.",
);
pub static FULL_STOP: Code =
    Code::warning("W512", "full-stop", "A sentence ends with a full stop.");

pub static UNWARNED: Code = Code::error(
    "E513",
    "unwarned-write",
    "A group that can write says what a write changes.",
);

/// Every text of the spec that readers see, with the name it explains if the name might be clear without it.
fn texts<'a>(cx: &Index<'a>) -> Vec<(&'a str, &'a str, At<'a>)> {
    let mut texts = Vec::new();
    for (group, at) in cx.groups() {
        texts.push((group.title.as_str(), "", at.key("title")));
        texts.push((group.does.as_str(), "", at.key("does")));
        texts.push((group.source.as_str(), "", at.key("source")));
        push(&group.warning, "", at.key("warning"), &mut texts);
        push_list(&group.notes, at.key("notes"), &mut texts);
    }
    for (_, name, parameter, at) in cx.path_parameters() {
        push(&parameter.does, name, at.key("does"), &mut texts);
    }
    for endpoint in cx.endpoints() {
        let (spec, at) = (endpoint.spec, endpoint.at);
        texts.push((&spec.does, "", at.key("does")));
        texts.push((&spec.acts_on, "", at.key("acts_on")));
        texts.push((&spec.operation, "", at.key("operation")));
        push(&spec.note, "", at.key("note"), &mut texts);
        push(&spec.reads, "", at.key("reads"), &mut texts);
        for (index, also) in spec.also_needs.iter().enumerate() {
            texts.push((
                &also.when,
                "",
                at.key("also_needs").index(index).key("when"),
            ));
        }
        push(&spec.whole, "", at.key("whole"), &mut texts);
        for (name, filter) in spec.filters.iter() {
            push(
                &filter.does,
                name,
                at.key("filters").key(name).key("does"),
                &mut texts,
            );
        }
        for (key, name, parameter) in endpoint.parameters() {
            push(
                &parameter.does,
                name,
                at.key(key).key(name).key("does"),
                &mut texts,
            );
        }
        for (index, conflict) in spec.conflicts.iter().enumerate() {
            let at = at.key("conflicts").index(index);
            texts.push((conflict.about.as_str(), "", at.key("about")));
            push(&conflict.guide, "", at.key("guide"), &mut texts);
            push(&conflict.official, "", at.key("official"), &mut texts);
            texts.push((&conflict.why, "", at.key("why")));
        }
    }
    for schema in cx.schemas() {
        let place = schema.at();
        texts.push((&schema.spec.does, "", place.key("does")));
        push_list(&schema.spec.notes, place.key("notes"), &mut texts);
        for (value, known) in schema.spec.known_values.iter() {
            let at = place.key("known_values").key(value);
            texts.push((&known.name, "", at.key("name")));
            texts.push((&known.does, &known.name, at.key("does")));
        }
        for branch in schema.branches() {
            push(&branch.spec.does, "", branch.at().key("does"), &mut texts);
        }
        members(schema.spec.values.as_ref(), place.key("values"), &mut texts);
    }
    for field in cx.fields() {
        let (spec, at) = (field.spec, field.at());
        push(&spec.does, field.name, at.key("does"), &mut texts);
        push(&spec.unit, "", at.key("unit"), &mut texts);
        push(&spec.when, "", at.key("when"), &mut texts);
        push(&spec.empty, "", at.key("empty"), &mut texts);
        members(spec.values.as_ref(), at.key("enum"), &mut texts);
    }
    for provider in &cx.document.inbound {
        let at = At::root(&provider.file);
        texts.push((&provider.server, "", at.key("server")));
        texts.push((&provider.credentials, "", at.key("credentials")));
    }
    for (index, event) in cx.document.events.events.iter().enumerate() {
        let at = At::root("events.yaml").key("events").index(index);
        texts.push((&event.does, "", at.key("does")));
        push(&event.note, "", at.key("note"), &mut texts);
    }
    for (index, topic) in cx.document.service.topics.iter().enumerate() {
        let at = At::root("service.yaml").key("topics").index(index);
        for (step, one) in topic.steps.iter().enumerate() {
            let at = at.key("steps").index(step);
            texts.push((&one.from, "", at.key("from")));
            texts.push((&one.to, "", at.key("to")));
            texts.push((&one.does, "", at.key("does")));
            push(&one.with, "", at.key("with"), &mut texts);
        }
    }
    let (events, at) = (&cx.document.events, At::root("events.yaml"));
    push_list(&events.notes, at.key("notes"), &mut texts);
    push_list(&events.signing, at.key("signing"), &mut texts);
    if let Some(retries) = &events.retries {
        let at = at.key("retries");
        texts.push((&retries.then, "", at.key("then")));
        push_list(&retries.notes, at.key("notes"), &mut texts);
    }
    for (index, term) in cx.document.service.glossary.iter().enumerate() {
        let at = At::root("service.yaml").key("glossary").index(index);
        texts.push((&term.term, "", at.key("term")));
        texts.push((&term.means, &term.term, at.key("means")));
    }
    for (name, area) in cx.document.scopes.areas.iter() {
        let at = At::root("scopes.yaml").key("areas").key(name);
        texts.push((&area.label, "", at.key("label")));
        texts.push((&area.covers, "", at.key("covers")));
        for (level, scope) in area.levels.iter() {
            texts.push((&scope.wire, "", at.key("levels").key(level).key("wire")));
            texts.push((&scope.level, "", at.key("levels").key(level).key("level")));
        }
    }
    texts
}

type Texts<'a> = Vec<(&'a str, &'a str, At<'a>)>;

fn push<'a>(text: &'a Option<String>, name: &'a str, at: At<'a>, texts: &mut Texts<'a>) {
    texts.extend(text.as_deref().map(|text| (text, name, at)));
}

fn members<'a>(values: Option<&'a Map<Member>>, at: At<'a>, texts: &mut Texts<'a>) {
    for (value, member) in values.into_iter().flat_map(Map::iter) {
        push(&member.does, "", at.key(value), texts);
    }
}

fn push_list<'a>(list: &'a [String], at: At<'a>, texts: &mut Texts<'a>) {
    texts.extend(
        list.iter()
            .enumerate()
            .map(|(index, text)| (text.as_str(), "", at.index(index))),
    );
}

pub(super) fn warnings(cx: &Index<'_>, out: &mut Diagnostics) {
    // What BigCommerce sends to a provider changes nothing in the store.
    let ours = cx
        .groups()
        .enumerate()
        .filter(|(_, (group, _))| !group.inbound);
    for (index, (group, at)) in ours {
        let writes = cx.endpoints_of(index).find(|endpoint| !endpoint.reads());
        if let (None, Some(endpoint)) = (&group.warning, writes) {
            let message = format!(
                "the key `warning` is missing, and `{}` writes",
                endpoint.full_id()
            );
            out.push(
                Diagnostic::new(&UNWARNED, at.key("group").name(), message)
                    .also(endpoint.at.key("id").value(), "writes")
                    .help("add `warning: ...` with what a write changes in a live store"),
            );
        }
    }
}

pub(super) fn texts_say_something(cx: &Index<'_>, out: &mut Diagnostics) {
    for (text, name, at) in texts(cx) {
        if text.trim().is_empty() {
            out.push(
                Diagnostic::new(&EMPTY_TEXT, at.name(), "this text is empty")
                    .help("write it, or remove the key if it is optional"),
            );
        } else if !name.is_empty() && is_filler(text, name) {
            out.push(
                Diagnostic::new(
                    &FILLER,
                    at.value(),
                    format!("this adds nothing to the name `{name}`"),
                )
                .help("say what is not obvious (a pitfall, the default, what an id refers to), or remove it"),
            );
        }
    }
}

/// Words that add nothing to a name.
const EMPTY_WORDS: [&str; 20] = [
    "a",
    "an",
    "the",
    "of",
    "this",
    "that",
    "is",
    "its",
    "for",
    "to",
    "in",
    "value",
    "values",
    "field",
    "your",
    "given",
    "associated",
    "specified",
    "s",
    "it",
];

/// Whether the text has only words of the name. Anything quoted from the wire is new.
fn is_filler(text: &str, name: &str) -> bool {
    if text.contains('`') {
        return false;
    }
    let said = LazyCell::new(|| heck::ToSnakeCase::to_snake_case(name));
    let is_said = |word: &str| said.split('_').any(|said| stem(said) == stem(word));
    text.split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .all(|word| match word.strip_suffix("'s") {
            Some(owner) => is_said(owner),
            None => EMPTY_WORDS.contains(&word.as_str()) || is_said(&word),
        })
}

/// A word without its plural ending.
fn stem(word: &str) -> &str {
    word.trim_end_matches('s')
}

pub(super) fn full_stops(cx: &Index<'_>, out: &mut Diagnostics) {
    let groups = cx.groups().flat_map(|(group, at)| {
        let warning = group.warning.iter();
        let warning = warning.map(move |text| (text, at.key("warning")));
        [(&group.does, at.key("does"))].into_iter().chain(warning)
    });
    let endpoints = cx
        .endpoints()
        .map(|endpoint| (&endpoint.spec.does, endpoint.at.key("does")));
    let schemas = cx
        .schemas()
        .map(|schema| (&schema.spec.does, schema.at().key("does")));
    let list = At::root("events.yaml").key("events");
    let events = cx.document.events.events.iter().enumerate();
    let events = events.map(|(index, event)| (&event.does, list.index(index).key("does")));
    let list = At::root("service.yaml").key("glossary");
    let terms = cx.document.service.glossary.iter().enumerate();
    let terms = terms.map(|(index, term)| (&term.means, list.index(index).key("means")));
    let all = groups.chain(endpoints).chain(schemas).chain(events);
    for (text, at) in all.chain(terms) {
        let text = text.trim_end();
        if !text.is_empty() && !text.ends_with(['.', '!', '?', ':', '`', ')']) {
            let place = at.value();
            let is_cut_off = is_before_comment(cx, &place, text);
            let problem = Diagnostic::new(&FULL_STOP, place, "this sentence has no full stop")
                .why("the docs show it among other sentences");
            out.push(match is_cut_off {
                true => problem.help("put it in quotes: a `#` after a space begins a comment"),
                false => problem,
            });
        }
    }
}

/// Whether a comment follows a sentence on its line, which may have been meant as a part of it. A string in
/// quotes and a block end where they are meant to.
fn is_before_comment(cx: &Index<'_>, place: &SpecPath, sentence: &str) -> bool {
    let file = cx.sources.text(&place.file).unwrap_or_default();
    // Locating a place parses the whole file again, so the text is searched first.
    if !has_before_comment(file, sentence) {
        return false;
    }
    let range = Locator::new(cx.sources).locate(place);
    let parts = range.and_then(|range| Some((file.get(range.clone())?, file.get(range.end..)?)));
    parts.is_some_and(|(scalar, rest)| {
        let is_plain = !scalar.starts_with(['"', '\'', '|', '>']);
        is_plain && rest.trim_start_matches(' ').starts_with('#')
    })
}

/// Whether a file has a comment after the last word of a sentence.
fn has_before_comment(file: &str, sentence: &str) -> bool {
    let Some(word) = sentence.split_whitespace().next_back() else {
        return false;
    };
    let mut places = file.match_indices(word);
    places.any(|(at, _)| {
        let rest = file.get(at + word.len()..).unwrap_or_default();
        rest.starts_with(' ') && rest.trim_start_matches(' ').starts_with('#')
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{load, pipeline, source::Sources};

    #[test]
    fn a_sentence_that_a_comment_cuts_off_needs_quotes_unless_it_has_them() {
        let minimal = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/minimal");
        let (sources, _) = load::texts(&minimal);
        for (does, needs_quotes) in [
            ("List the things up to # 250.", true),
            ("List the things", false),
            ("\"List the things\" # All.", false),
            ("'List the things' # All things # of the store.", false),
            (
                ">-\n      List the things\n    # All things # of it.",
                false,
            ),
        ] {
            let files = sources.iter().map(|(file, text)| {
                let text = text.replacen("does: List the things.", &format!("does: {does}"), 1);
                (file.to_owned(), text)
            });
            let spec = pipeline::of(Sources::from_texts(files));
            let told = spec.diagnostics.iter();
            let told = told.filter(|one| one.code == &FULL_STOP);
            let helps: Vec<bool> = told.map(|one| !one.help.is_empty()).collect();
            assert_eq!(helps, [needs_quotes], "{does}");
        }
    }

    #[test]
    fn a_text_is_filler_when_it_only_repeats_the_name() {
        for (text, name) in [
            ("The name.", "name"),
            ("The product's id.", "product_id"),
            ("Id of the product", "product_id"),
            ("This is the value of the sku field.", "sku"),
        ] {
            assert!(is_filler(text, name), "{text}");
        }
        for (text, name) in [
            ("Unique in the store.", "name"),
            ("The brand's id.", "id"),
            ("The value's id.", "id"),
            ("Of `checkbox`.", "checkbox_label"),
            ("0 when the product has none.", "brand_id"),
        ] {
            assert!(!is_filler(text, name), "{text}");
        }
    }
}
