//! Fields whose value is one of several plain types, distinguished by their JSON type.

use indexmap::IndexMap;

use super::{Kind, Shape, Speller, Typed, names, plain};

/// One-ofs by name, each with its branches and their types.
#[derive(Clone, Debug, Default)]
pub(crate) struct OneOfs {
    pub named: IndexMap<String, Vec<(&'static str, String)>>,
}

impl Speller<'_> {
    /// The type of a field, with alternatives as a one-of if the spec can distinguish them.
    pub(crate) fn spell_field(&mut self, shape: &Shape, class: &str, field: &str) -> Typed {
        let Kind::Either(shapes) = &shape.kind else {
            return self.spell(shape, class, field);
        };
        let branches = shapes.iter().map(|shape| self.branch(shape, class, field));
        let branches: Option<Vec<_>> = branches.collect();
        let Some(branches) = branches.filter(|it| differ(it)) else {
            return self.spell(shape, class, field);
        };
        let name = format!("{class}{}", names::member(field));
        let known = self.one_ofs.named.get(&name);
        if self.enums.named.contains_key(&name) || known.is_some_and(|known| *known != branches) {
            return self.spell(shape, class, field);
        }
        self.one_ofs.named.insert(name.clone(), branches);
        let mut typed = plain(&name);
        typed.doubts.extend(shape.doubts.iter().cloned());
        typed
    }

    /// The name and the type of a branch; none if a type cannot express it.
    fn branch(
        &mut self,
        shape: &Shape,
        class: &str,
        field: &str,
    ) -> Option<(&'static str, String)> {
        let name = match shape.kind {
            Kind::Text => "text",
            Kind::Int | Kind::Number => "number",
            Kind::Bool => "flag",
            Kind::List(_) => "list",
            Kind::Map(_) => "map",
            Kind::Any | Kind::Binary | Kind::Object(_) | Kind::Either(_) => return None,
        };
        let typed = self.spell(shape, class, field);
        let leaf = typed.text.trim_matches(['[', ']', '{', '}', '?']);
        let is_plain = !leaf.contains(|c: char| c.is_ascii_uppercase())
            && !["id", "json"].contains(&leaf)
            && typed.values.is_empty()
            && typed.doubts.is_empty();
        // A string with its own format is a string among others.
        let special = typed.format.is_some() || typed.unit.is_some() || typed.wire.is_some();
        let text = if name == "text" && special {
            "string".to_owned()
        } else {
            typed.text
        };
        is_plain.then_some((name, text))
    }
}

/// Whether there are several, each with another JSON type; a single string or number is written as such.
fn differ(branches: &[(&str, String)]) -> bool {
    let mut names: Vec<&str> = branches.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    let scalars = names.iter().all(|name| ["text", "number"].contains(name));
    names.len() == branches.len() && names.len() > 1 && !scalars
}
