//! The words by which readers know an endpoint, and which nothing else of it has: its request in the reference guide,
//! if its method or path differs there, and the headers that its note explains.

use crate::spec::{self, Conflict};

/// These words, each as it is written.
pub(super) fn of(spec: &spec::Endpoint) -> Vec<String> {
    let requests = spec.conflicts.iter().filter_map(request);
    let headers = spec.note.iter().flat_map(|note| headers(note));
    requests.chain(headers).map(str::to_owned).collect()
}

/// The request that the reference guide has instead, if that is what a conflict is about.
fn request(conflict: &Conflict) -> Option<&str> {
    let guide = conflict.guide.as_deref()?;
    let (method, path) = guide.split_once(' ')?;
    let request = path.starts_with('/') && !path.contains(' ');
    let upper = method.chars().all(|c| c.is_ascii_uppercase());
    (request && upper).then_some(guide)
}

/// The headers that a text names. All that are described in prose alone start like this.
fn headers(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split('`').skip(1).step_by(2);
    code.filter(|name| name.starts_with("X-") && !name.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_known_by_its_request_in_the_guide_and_by_the_headers_in_its_note() {
        let conflict = |guide: &str| Conflict {
            guide: Some(guide.to_owned()),
            ..Conflict::default()
        };
        let spec = spec::Endpoint {
            note: Some("Send `X-Bc-Customer-Id`, and neither `X-Other: 1` nor `id`.".to_owned()),
            conflicts: vec![
                conflict("PUT /v3/hooks/all"),
                conflict("PUT is sent to /v3/hooks"),
                conflict("Put /v3/hooks"),
                Conflict::default(),
            ],
            ..spec::Endpoint::default()
        };
        assert_eq!(of(&spec), ["PUT /v3/hooks/all", "X-Bc-Customer-Id"]);
    }
}
