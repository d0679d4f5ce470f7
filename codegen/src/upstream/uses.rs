//! Redirects an edit of a template: into the template if everything it makes needs the edit, otherwise into
//! the use, which then sets that key of the endpoint.

use serde_json::{Value, json};

use super::{
    Difference,
    edit::{Change, Edit, change, look, walk},
    place,
    texts::Texts,
};
use crate::{
    diagnostic::{Focus, Segment, SpecPath},
    load::{TEMPLATES, templates},
    source::Sources,
    spec::{Document, Endpoint, Group, Said},
};

/// The endpoints that templates make.
pub(super) struct Uses<'d> {
    all: Vec<Made<'d>>,
    differences: &'d [Difference],
}

/// An endpoint that a template makes.
#[derive(Clone, Copy)]
struct Made<'d> {
    group: &'d Group,
    endpoint: &'d Endpoint,
    said: &'d Said,
}

impl<'d> Uses<'d> {
    pub(super) fn new(document: Option<&'d Document>, differences: &'d [Difference]) -> Self {
        let groups = document.into_iter().flat_map(|document| &document.groups);
        let all = groups.flat_map(|group| {
            group.endpoints.iter().filter_map(move |endpoint| {
                Some(Made {
                    group,
                    endpoint,
                    said: endpoint.said.as_ref()?,
                })
            })
        });
        Self {
            all: all.collect(),
            differences,
        }
    }

    /// What to edit for a difference.
    pub(super) fn lead(
        &self,
        edit: &Edit,
        one: &Difference,
        texts: &Texts<'_>,
    ) -> Result<Vec<Edit>, String> {
        let Some((key, _)) = split(edit) else {
            return Ok(vec![edit.clone()]);
        };
        let made = self.all.iter().filter(|made| made.is_at(edit));
        // What a use sets itself is not read in the template.
        let (own, others): (Vec<&Made<'_>>, Vec<&Made<'_>>) =
            made.partition(|made| made.own(key, texts).is_some());
        let all_need_it = !others.is_empty() && others.iter().all(|made| self.asks(made, edit));
        let in_template = texts.has(edit) || all_need_it && is_literal(edit, texts);
        let mut edits: Vec<Edit> = in_template.then(|| edit.clone()).into_iter().collect();
        let others = others.into_iter().filter(|_| !in_template);
        for made in own.into_iter().chain(others) {
            if made.shows(one) {
                edits.push(self.in_use(made, edit, texts)?);
            }
        }
        match edits.is_empty() {
            true => Err(refused()),
            false => Ok(edits),
        }
    }

    /// The edit of the first endpoint with a difference, whatever others have.
    pub(super) fn first(
        &self,
        edit: &Edit,
        one: &Difference,
        texts: &Texts<'_>,
    ) -> Result<Vec<Edit>, String> {
        if split(edit).is_none() {
            return Ok(vec![edit.clone()]);
        }
        let first = one.endpoints.first();
        let mut all = self.all.iter().filter(|made| made.is_at(edit));
        let made =
            all.find(|made| made.group.group == one.group && Some(&made.endpoint.id) == first);
        let made = made.ok_or_else(refused)?;
        Ok(vec![self.in_use(made, edit, texts)?])
    }

    /// Where in the uses of a template a person can edit what the template sets for all of them.
    pub(super) fn place(&self, one: &Difference, sources: &Sources) -> Option<String> {
        let shown = self.all.iter().filter(|made| made.shows(one));
        let mut template = None;
        let mut places: Vec<String> = Vec::new();
        for made in shown {
            let file = made.template();
            // What the use itself sets is reported with its line.
            if !one
                .ours
                .starts_with(&format!("{}:", sources.display_path(file)))
            {
                continue;
            }
            template = Some(file);
            let use_of = SpecPath {
                file: made.said.file.clone(),
                segments: made.said.way.clone(),
                focus: Focus::Value,
            };
            let place = place::of_spec(sources, &use_of);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let template = sources.display_path(template?);
        let places = places.join(", ");
        Some(format!(
            "{template} is a template: move what only some uses need to `endpoints` of the use at {places}"
        ))
    }

    /// Whether a difference of this endpoint requires the edit.
    fn asks(&self, made: &Made<'_>, edit: &Edit) -> bool {
        let mut shown = self.differences.iter().filter(|one| made.shows(one));
        shown.any(|one| one.edits.contains(edit))
    }

    /// The edit that makes a use set it for its endpoint.
    fn in_use(&self, made: &Made<'_>, edit: &Edit, texts: &Texts<'_>) -> Result<Edit, String> {
        let (key, below) = split(edit).ok_or_else(refused)?;
        let said = made.said;
        let [Segment::Key(list), Segment::Key(id)] = said.own.as_slice() else {
            return Err(refused());
        };
        let own: Vec<Segment> = said.way.iter().chain(&said.own).cloned().collect();
        if made.own(key, texts).is_some() {
            return Ok(Edit {
                file: said.file.clone(),
                at: own.into_iter().chain(below.iter().cloned()).collect(),
                change: edit.change.clone(),
            });
        }
        let value = made.changed(edit, texts).ok_or_else(refused)?;
        if let Some(argument) = self.argument(made, edit, texts) {
            return Ok(Edit {
                file: said.file.clone(),
                at: said.way.clone(),
                change: Change::set(argument, value),
            });
        }
        let here = texts.contents(&said.file);
        let has_own = here.as_ref().and_then(|root| look(root, &own));
        let (at, change) = match has_own.is_some_and(Value::is_object) {
            true => (own, Change::of_endpoint(key, value)),
            false => {
                let endpoints = json!({ id: { key: value } });
                (said.way.clone(), Change::set(list, endpoints))
            }
        };
        Ok(Edit {
            file: said.file.clone(),
            at,
            change,
        })
    }

    /// The argument to change instead, if everything that contains it needs that.
    fn argument<'m>(&self, made: &Made<'m>, edit: &Edit, texts: &Texts<'_>) -> Option<&'m str> {
        let Change::Set { key, value, .. } = &edit.change else {
            return None;
        };
        let argument = made.given(key).filter(|_| value.is_string())?;
        let of_use = self.all.iter().filter(|other| {
            let [own, other] = [made.said, other.said];
            own.file == other.file && own.way == other.way
        });
        let mut holes = 0;
        for other in of_use {
            let given = other.said.given.iter();
            for (way, _) in given.filter(|(_, given)| given == argument) {
                let [Segment::Key(key)] = way.as_slice() else {
                    return None;
                };
                let same = Edit {
                    file: edit.file.clone(),
                    at: other.at(),
                    change: Change::of_endpoint(key, value.clone()),
                };
                if !self.asks(other, &same) {
                    return None;
                }
                holes += 1;
            }
        }
        let template = texts.text(&edit.file)?;
        let all = template.matches(&format!("${{{argument}}}")).count();
        (all == holes).then_some(argument)
    }
}

impl<'d> Made<'d> {
    fn template(&self) -> &'d str {
        let own = self.endpoint.made_of.as_ref();
        own.unwrap_or(&self.group.file)
    }

    /// The path to it in the template.
    fn at(&self) -> Vec<Segment> {
        let list = Segment::Key("endpoints".to_owned());
        vec![list, Segment::Index(self.endpoint.place)]
    }

    /// Whether the edit is about it, as in the template.
    fn is_at(&self, edit: &Edit) -> bool {
        self.template() == edit.file && edit.at.starts_with(&self.at())
    }

    fn shows(&self, one: &Difference) -> bool {
        one.group == self.group.group && one.endpoints.contains(&self.endpoint.id)
    }

    /// The argument of the use that is the value of a key.
    fn given(&self, key: &str) -> Option<&'d str> {
        let mut given = self.said.given.iter();
        let is_key = |way: &[Segment]| matches!(way, [Segment::Key(own)] if own == key);
        let (_, argument) = given.find(|(way, _)| is_key(way))?;
        Some(argument)
    }

    /// What the use itself sets for a key of the endpoint.
    fn own(&self, key: &str, texts: &Texts<'_>) -> Option<Value> {
        let root = texts.contents(&self.said.file)?;
        let way: Vec<Segment> = self
            .said
            .way
            .iter()
            .chain(&self.said.own)
            .cloned()
            .collect();
        look(&root, &way)?.get(key).cloned()
    }

    /// The value of the key after the edit of the template's value.
    fn changed(&self, edit: &Edit, texts: &Texts<'_>) -> Option<Value> {
        let (key, below) = split(edit)?;
        let Said { file, way, .. } = self.said;
        let template = (edit.file.as_str(), texts.text(&edit.file)?);
        let user = (file.as_str(), texts.text(file)?);
        let mut endpoint = templates::filled(template, user, way, self.endpoint.place)?;
        change(walk(&mut endpoint, below)?, &edit.change)?;
        // A key of the template that the use removes has no value there.
        Some(endpoint.get(key).cloned().unwrap_or_default())
    }
}

/// The edited key of a template's endpoint, and the path from the endpoint to the edit.
fn split(edit: &Edit) -> Option<(&str, &[Segment])> {
    let below = edit
        .at
        .get(2..)
        .filter(|_| edit.file.starts_with(TEMPLATES))?;
    let key = match (below.first(), &edit.change) {
        (Some(Segment::Key(key)), _) | (None, Change::Set { key, .. } | Change::Drop(key)) => key,
        _ => return None,
    };
    Some((key.as_str(), below))
}

/// Whether the replaced or removed text is literal in the template, and not made of arguments.
fn is_literal(edit: &Edit, texts: &Texts<'_>) -> bool {
    let Some(root) = texts.contents(&edit.file) else {
        return false;
    };
    let Some(there) = look(&root, &edit.at) else {
        return false;
    };
    match &edit.change {
        Change::Set { key, .. } | Change::Drop(key) => {
            there.get(key).is_none_or(|value| !has_hole(value))
        }
        Change::Take(item) => there.as_array().is_some_and(|list| list.contains(item)),
        Change::Push(_) | Change::Insert(_) => there.is_array(),
    }
}

fn has_hole(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains("${"),
        Value::Array(items) => items.iter().any(has_hole),
        Value::Object(entries) => entries.values().any(has_hole),
        _ => false,
    }
}

fn refused() -> String {
    "it comes from a template, and a program cannot tell what to set in its use".to_owned()
}
