//! The parameters of paths and queries.

use super::{
    Words,
    grammar::{capital, code_choice, code_list, sentence, span, thousands},
};
use crate::{
    model::{Endpoint, Operator, Parameter, Role, Shape, Sort, Turn},
    spec::SortDirection,
};

impl Words<'_> {
    /// What a parameter does, then its facts: for an output that shows its type separately.
    pub(crate) fn parameter(&self, endpoint: &Endpoint, parameter: &Parameter) -> String {
        let mut sentences: Vec<_> = self.purpose(endpoint, parameter).into_iter().collect();
        let is_named = self.is_named_anyway(&parameter.ty);
        if matches!(
            parameter.role,
            Role::Path | Role::Plain | Role::Header | Role::Form
        ) {
            sentences.extend(self.parameter_facts(parameter, is_named));
        }
        sentences.extend(self.listed(endpoint, parameter));
        sentences.extend(self.unlisted(parameter));
        if sentences.is_empty() {
            let place = match parameter.role {
                Role::Path => "Path parameter",
                Role::Header => "Header",
                Role::Form => "Form part",
                _ => "Query parameter",
            };
            sentences.push(format!("{place} `{}`.", parameter.wire));
        }
        sentences.join(" ")
    }

    /// A parameter as a row of a table: its facts, then what it does.
    pub(crate) fn parameter_row(&self, endpoint: &Endpoint, parameter: &Parameter) -> String {
        let facts = self.parameter_facts(parameter, false).into_iter();
        let all = facts.chain(self.purpose(endpoint, parameter));
        let all = all.chain(self.unlisted(parameter));
        all.collect::<Vec<_>>().join(" ")
    }

    /// The type of a parameter, and separately its other facts: for an output that shows the type next to the
    /// name.
    pub(crate) fn parameter_parts(
        &self,
        endpoint: &Endpoint,
        parameter: &Parameter,
    ) -> (String, String) {
        let facts = self.parameter_facts(parameter, true).into_iter();
        let all = facts.chain(self.purpose(endpoint, parameter));
        let all = all.chain(self.unlisted(parameter));
        let about = all.collect::<Vec<_>>().join(" ");
        (self.parameter_type(parameter), about)
    }

    /// The same for the field that filters restrict a list by.
    pub(crate) fn filter_parts(
        &self,
        endpoint: &Endpoint,
        parameter: &Parameter,
    ) -> (String, String) {
        let ty = match parameter.shape {
            Shape::Flag => self.parameter_type(parameter),
            _ => self.ty(&parameter.ty),
        };
        let does = parameter.does.iter().map(|does| self.prose(does));
        let doubt = doubt(parameter).map(str::to_owned);
        let about = does.chain(doubt);
        let about = about.chain(self.listed(endpoint, parameter));
        let about = about.chain(self.unlisted(parameter));
        (ty, about.collect::<Vec<_>>().join(" "))
    }

    /// The field that filters restrict a list by, as a row of a table.
    pub(crate) fn filter_row(&self, endpoint: &Endpoint, parameter: &Parameter) -> String {
        let (ty, about) = self.filter_parts(endpoint, parameter);
        let all = [sentence(&capital(&ty)), about].into_iter();
        let all = all.filter(|part| !part.is_empty());
        all.collect::<Vec<_>>().join(" ")
    }

    /// Type, range and default, without the type if it is `named` separately.
    fn parameter_facts(&self, parameter: &Parameter, named: bool) -> Option<String> {
        let ty = (!named).then(|| self.parameter_type(parameter));
        let (low, high) = &parameter.range;
        let range = span(low.as_ref(), high.as_ref(), "");
        let limit = parameter.max_bytes;
        let limit = limit.map(|bytes| format!("at most {} bytes", thousands(bytes)));
        let types = parameter.file_types.iter().map(|ty| ty.as_str());
        let types: Vec<_> = types.collect();
        let types = (!types.is_empty()).then(|| format!("of type {}", code_choice(&types)));
        let head = ty.into_iter().chain(range).chain(limit).chain(types);
        let head: Vec<_> = head.collect();
        let head = (!head.is_empty()).then(|| format!("{}.", capital(&head.join(", "))));
        let default = parameter.default.as_ref();
        let default = default.map(|default| format!("Default: `{default}`."));
        let facts: Vec<_> = head.into_iter().chain(default).collect();
        (!facts.is_empty()).then(|| facts.join(" "))
    }

    fn parameter_type(&self, parameter: &Parameter) -> String {
        match parameter.shape {
            Shape::One => self.ty(&parameter.ty),
            Shape::Many => format!("array of {}, comma-separated", self.plural(&parameter.ty)),
            Shape::Each => format!(
                "array of {}, as one parameter each",
                self.plural(&parameter.ty)
            ),
            Shape::File => "file".to_owned(),
            Shape::Flag => "boolean, encoded as 1 or 0".to_owned(),
        }
    }

    /// What a parameter does, if its name does not say it all.
    fn purpose(&self, endpoint: &Endpoint, parameter: &Parameter) -> Option<String> {
        let mut text = match &parameter.role {
            Role::Path | Role::Plain | Role::Header | Role::Form => String::new(),
            Role::Filter { field, op } => {
                format!("Only items whose `{field}` {}.", comparison(*op))
            }
            Role::Page(Turn::Number) => "Page number, starting at 1.".to_owned(),
            Role::Page(Turn::Size) => match &endpoint.limit {
                Some(limit) => {
                    let text = format!("Items per page: {}", self.page_size(limit));
                    sentence(&self.with_note(text, limit.note.as_deref()))
                }
                None => "Items per page.".to_owned(),
            },
            Role::Page(Turn::Behind) => "Returns the page after the item with this key.".to_owned(),
            Role::Page(Turn::After) => "Returns the page after this cursor.".to_owned(),
            Role::Page(Turn::Before) => "Returns the page before this cursor.".to_owned(),
            Role::Include => "Sub-resources to include in the response.".to_owned(),
            Role::Select { excludes: false } => {
                "Fields to return; the id is always returned.".to_owned()
            }
            Role::Select { excludes: true } => {
                "Fields to leave out of the response; the id is always returned.".to_owned()
            }
        };
        if let Some(does) = &parameter.does {
            let space = if text.is_empty() { "" } else { " " };
            text += &format!("{space}{}", self.prose(does));
        }
        if let Some(doubt) = doubt(parameter) {
            let space = if text.is_empty() { "" } else { " " };
            text += &format!("{space}{doubt}");
        }
        (!text.is_empty()).then_some(text)
    }

    /// Where the values of a filter are listed.
    fn listed(&self, endpoint: &Endpoint, parameter: &Parameter) -> Option<String> {
        let of = self.api.values_of(endpoint, parameter)?;
        Some(sentence(&self.values(of)))
    }

    fn unlisted(&self, parameter: &Parameter) -> Option<String> {
        let members = &parameter.unlisted;
        (!members.is_empty()).then(|| {
            format!(
                "The official description does not list {}; support is not confirmed.",
                code_list(members)
            )
        })
    }

    /// The sort order of a list.
    pub(crate) fn order(&self, sort: &Sort) -> String {
        format!("Sort order.{}", default_order(sort))
    }

    /// The parameter with the field to sort by.
    pub(crate) fn sort_by(&self, sort: &Sort) -> String {
        let by = match self.dialect.type_name(sort.by) {
            Some(name) => format!("Field to sort by: {name}"),
            None => "Field to sort by".to_owned(),
        };
        let way = match sort.direction {
            SortDirection::Separate => "",
            SortDirection::Joined => ", followed by `:asc` or `:desc`",
        };
        format!("{by}{way}.{}", default_order(sort))
    }

    /// The parameter with the sort direction.
    pub(crate) fn sort_direction(&self) -> &'static str {
        "Sort direction: `asc` or `desc`."
    }
}

/// That the API has been seen to ignore a filter, if so.
fn doubt(parameter: &Parameter) -> Option<&'static str> {
    let doubtful = parameter.doubtful;
    doubtful.then_some("The API has been seen to ignore it.")
}

fn default_order(sort: &Sort) -> String {
    let default = sort.default.as_ref();
    default.map_or_else(String::new, |it| format!(" Default: `{it}`."))
}

/// The condition of an operator on a field, as a sentence.
pub(crate) fn operator(op: Operator, accepts_lists: bool) -> String {
    let values = if accepts_lists {
        "; accepts comma-separated values"
    } else {
        ""
    };
    format!("The field {}{values}.", comparison(op))
}

/// The condition of an operator on a field, as the end of a sentence.
const fn comparison(op: Operator) -> &'static str {
    match op {
        Operator::Eq => "equals the value",
        Operator::In => "is one of the values",
        Operator::NotIn => "is none of the values",
        Operator::Not => "differs from the value",
        Operator::Min => "is at least the value",
        Operator::Max => "is at most the value",
        Operator::Greater => "is greater than the value",
        Operator::Less => "is less than the value",
        Operator::Like => "contains the value",
    }
}
