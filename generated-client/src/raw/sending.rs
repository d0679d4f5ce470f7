//! What a raw call sends, or why it must not be sent.

use std::borrow::Cow;
use std::sync::Arc;

use http::Uri;

use super::path::{self, Route};
use super::{RawRequest, fields};
use crate::call::{self, Outgoing};
use crate::options::overrides;
use crate::target::{Other, Target, reads};
use crate::upload::Form;

/// The methods that a raw call may have. A server could accept another spelling of one of these, which
/// the policy would not have recognised.
const METHODS: [http::Method; 6] = [
    http::Method::GET,
    http::Method::HEAD,
    http::Method::POST,
    http::Method::PUT,
    http::Method::PATCH,
    http::Method::DELETE,
];

impl RawRequest {
    pub(crate) fn outgoing(&self) -> Outgoing<'_> {
        let mut target = Target::Other(Arc::new(Other {
            method: self.method.clone(),
            path: path::shown(&self.path),
            groups: Vec::new(),
            official: false,
        }));
        let mut ids = Vec::new();
        let address = match Route::find(&self.method, &self.path, self.is_form()) {
            Ok(route) => {
                let address = self.address(&route);
                target = self.adding(route.target);
                ids = route.ids;
                ids.extend(self.records(&target));
                address
            }
            Err(reason) => Err(reason),
        };
        Outgoing {
            client: &self.client,
            target,
            method: self.method.clone(),
            ids: Cow::Owned(ids),
            address,
            headers: &[],
            body: self.body.as_ref(),
            form: self.form.as_ref(),
            accept: None,
            last_event: None,
            content_type: self.content_type.clone().unwrap_or(call::JSON),
            options: self.options.as_deref(),
            shrinks: false,
        }
    }

    /// Its target, including whether its body makes a retry unsafe.
    fn adding(&self, target: Target) -> Target {
        let unless = target.endpoint().map(|it| it.facts().repeatable_unless);
        let unless = unless.unwrap_or_default();
        let adds = match &self.body {
            // The contents of a form are not examined.
            _ if self.form.is_some() => !unless.is_empty(),
            Some(body) => call::adds(unless, body),
            None => false,
        };
        target.adding(adds)
    }

    /// Whether its body is a form with files, built by this crate or by the caller.
    fn is_form(&self) -> bool {
        let own = self.content_type.as_ref();
        self.form.is_some() || own.is_ok_and(|own| fields::is_of(own, fields::MULTIPART))
    }

    /// What identifies the records of a known endpoint in addition to its path, if there are audit
    /// sinks.
    fn records(&self, target: &Target) -> Vec<(&'static str, String)> {
        let named_by = target.endpoint().map_or(&[][..], |it| it.facts().named_by);
        if named_by.is_empty() || self.client.config().audit.is_empty() {
            return Vec::new();
        }
        let query = self.query.iter();
        let query = query.map(|(name, value)| (name.as_str(), value.as_str().into()));
        call::records(named_by, query, self.body.as_deref())
    }

    /// The field of its body that could make a server treat the call as one with another method.
    fn overriding_field(&self) -> Option<String> {
        if let Some(form) = &self.form {
            return form.names().find(|name| overrides(name)).map(str::to_owned);
        }
        let (kind, body) = (self.content_type.as_ref().ok()?, self.body.as_deref()?);
        fields::overriding(kind, body)
    }

    fn address(&self, route: &Route) -> Result<Uri, String> {
        if self.content_type.is_err() {
            return Err(
                "its content type contains characters that are not allowed in a header".to_owned(),
            );
        }
        let form = self.form.as_ref().and_then(Form::mistake);
        let mistake = self.mistake.as_ref().or(self.unwritten.as_ref()).or(form);
        if let Some(reason) = mistake {
            return Err(reason.clone());
        }
        if !METHODS.contains(&self.method) {
            return Err(format!("the API has no method {}", self.method));
        }
        if reads(&self.method) && (self.body.is_some() || self.form.is_some()) {
            return Err("a read must not have a body".to_owned());
        }
        if let Some((name, _)) = self.query.iter().find(|(name, _)| overrides(name)) {
            return Err(format!(
                "`{name}` in its query could turn it into another call"
            ));
        }
        if let Some(name) = self.overriding_field() {
            return Err(format!(
                "`{name}` in its body could turn it into another call"
            ));
        }
        let filters = |(name, value): &(String, String)| {
            route.filters.contains(&name.as_str()) && !call::is_blank(value)
        };
        if !route.filters.is_empty() && !self.query.iter().any(filters) {
            return Err(call::NO_FILTER.to_owned());
        }
        let blank = |(name, values): &&(String, String)| {
            route.filters.contains(&name.as_str())
                && (call::is_blank(values)
                    || name.ends_with(":in") && values.split(',').any(call::is_blank))
        };
        if let Some((name, _)) = self.query.iter().find(blank) {
            return Err(call::blank_value(name));
        }
        let mut address = self.client.base_url().to_owned();
        address.push_str(&route.path);
        for (at, (name, value)) in self.query.iter().enumerate() {
            address.push(if at == 0 { '?' } else { '&' });
            call::encode(name, &mut address);
            address.push('=');
            call::encode(value, &mut address);
        }
        if let Some(options) = &self.options {
            options.add_to(&mut address, &self.method, |name| self.asks(name))?;
        }
        call::uri(address)
    }
}
