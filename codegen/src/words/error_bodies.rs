//! The bodies of error responses: the usual one of each generation, and those that differ from it.

use super::{Target, Words};
use crate::{model::Endpoint, spec::RefusalBody};

/// What a body has.
const fn form(body: RefusalBody) -> &'static str {
    match body {
        RefusalBody::Problem => "an object with `status`, `title`, `type` and `errors`",
        RefusalBody::List => "an array of one object with `status` and `message`",
        RefusalBody::Errors => {
            "an object whose `errors` is an array of one object with `status`, `title` and `type`"
        }
        RefusalBody::Text => "plain text",
        RefusalBody::Empty => "none",
    }
}

impl Words<'_> {
    /// The usual error body of each generation, as an item of a list.
    pub(crate) fn usual_error_bodies(&self) -> Vec<String> {
        let generations = self.api.service.generations.iter();
        let usual = generations.map(|(_, one)| {
            let title = self.prose(&one.title);
            format!("- {title}: {}", form(one.refusal))
        });
        usual.collect()
    }

    /// The error bodies of an endpoint's group that differ from the usual one, by status.
    pub(super) fn error_bodies(&self, endpoint: &Endpoint) -> String {
        let own = &self.api.group(endpoint.group).refusals;
        let mut forms: Vec<(&str, Vec<&str>)> = Vec::new();
        for (status, body) in own.iter() {
            let form = form(*body);
            match forms.iter_mut().find(|(known, _)| *known == form) {
                Some((_, statuses)) => statuses.push(status),
                None => forms.push((form, vec![status])),
            }
        }
        let forms = forms
            .iter()
            .map(|(form, statuses)| format!("{}: {form}", statuses.join(", ")));
        let forms = forms.collect::<Vec<_>>().join("; ");
        let usual = self.dialect.link(Target::Errors, "usual one".to_owned());
        format!("{forms}; other statuses have the {usual}")
    }
}
