//! Finds the schema in the text of a type, and replaces its name.

/// The suffixes of the views of a schema.
const VIEWS: [&str; 4] = ["", "Create", "Update", "Input"];

/// A type's text, split around the name in it: `[`, `Customer`, `Create`, `]`.
pub(crate) struct Ref<'t> {
    before: &'t str,
    pub name: &'t str,
    pub view: &'t str,
    after: &'t str,
}

impl<'t> Ref<'t> {
    /// The name in a type, if it is one of these.
    pub(crate) fn find(text: &'t str, known: impl Fn(&str) -> bool) -> Option<Self> {
        let inner = text
            .trim_start_matches("link ")
            .trim_start_matches("one_or_many ")
            .trim_start_matches(['[', '{']);
        let inner = inner
            .trim_start_matches("link ")
            .trim_start_matches(['[', '{']);
        let before = text.get(..text.len() - inner.len())?;
        let whole = inner.trim_end_matches([']', '}', '?']);
        let after = inner.get(whole.len()..)?;
        VIEWS.into_iter().find_map(|view| {
            let name = whole.strip_suffix(view)?;
            known(name).then(|| Self {
                before,
                name,
                view: whole.get(name.len()..).unwrap_or_default(),
                after,
            })
        })
    }

    /// The type with another name in it.
    pub(crate) fn renamed(&self, name: &str) -> String {
        format!("{}{name}{}{}", self.before, self.view, self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_in_a_type_is_found_with_its_view_and_replaced() {
        let known = |name: &str| ["Fee", "FeeCreate2", "CartCreate"].contains(&name);
        let renamed = |text| Ref::find(text, known).map(|found| found.renamed("X"));
        for (text, expected) in [
            ("Fee", Some("X")),
            ("[FeeCreate]", Some("[XCreate]")),
            ("{Fee?}", Some("{X?}")),
            ("link [Fee]", Some("link [X]")),
            ("one_or_many FeeCreate", Some("one_or_many XCreate")),
            ("[[FeeUpdate]]", Some("[[XUpdate]]")),
            ("FeeCreate2", Some("X")),
            ("CartCreate", Some("X")),
            ("int", None),
            ("[Feet]", None),
        ] {
            assert_eq!(renamed(text).as_deref(), expected, "{text}");
        }
    }
}
