//! The exchange of a code for a token, with its checks and its own format of error responses.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Request, Response, StatusCode};
use serde_json::{Value, json};

use super::login::{App, Issued};
use crate::secret;
use crate::urlencoded::parse;

const FIELDS: [&str; 7] = [
    "client_id",
    "client_secret",
    "code",
    "context",
    "scope",
    "grant_type",
    "redirect_uri",
];

/// An OAuth error code, and a sentence.
type Refused = (&'static str, String);

impl App {
    pub(super) fn exchange(&self, request: &Request<Bytes>) -> Response<Bytes> {
        match self.granted(request) {
            Ok(granted) => answer(StatusCode::OK, &granted),
            Err((error, says)) => {
                let status = match error {
                    "invalid_client" => StatusCode::UNAUTHORIZED,
                    _ => StatusCode::BAD_REQUEST,
                };
                answer(
                    status,
                    &json!({ "error": error, "error_description": says }),
                )
            }
        }
    }

    fn granted(&self, request: &Request<Bytes>) -> Result<Value, Refused> {
        let sent = read(request)?;
        let [
            client_id,
            secret,
            code,
            context,
            scope,
            grant_type,
            redirect_uri,
        ] = &sent;
        if grant_type != "authorization_code" {
            let says = "The grant type must be authorization_code";
            return Err(("unsupported_grant_type", says.to_owned()));
        }
        let app = self.registration(client_id);
        let app = app
            .filter(|app| app.client_secret == *secret)
            .ok_or_else(|| {
                let says = "The client credentials are invalid";
                ("invalid_client", says.to_owned())
            })?;
        if app.redirect_uri != *redirect_uri {
            let says = "redirect_uri does not match registered URI";
            return Err(("invalid_request", says.to_owned()));
        }

        let here = *context == format!("stores/{}", self.store);
        let scopes = {
            let mut known = self.state();
            let agreed = known.codes.find(code);
            let agreed = agreed.filter(|agreed| agreed.client_id == *client_id);
            let agreed = agreed.ok_or_else(|| {
                let says = "The code is unknown, was used, or has expired";
                ("invalid_grant", says.to_owned())
            })?;
            let mut sent: Vec<_> = scope.split_whitespace().collect();
            let mut wanted: Vec<_> = agreed.scopes.iter().map(String::as_str).collect();
            sent.sort_unstable();
            wanted.sort_unstable();
            if sent != wanted {
                let says = "The scope is not the one that was granted";
                return Err(("invalid_scope", says.to_owned()));
            }
            if !here && self.strict {
                let says = "The context is not the one that was granted";
                return Err(("invalid_request", says.to_owned()));
            }
            let scopes = agreed.scopes.clone();
            known.codes.spend(code);
            scopes
        };

        // As observed with the live service: an exchange for an invalid store succeeds, and its token
        // has no scopes.
        let scopes = if here { scopes } else { Vec::new() };
        let granted = here.then(|| scopes.join(" "));
        let token = secret::draw(31);
        self.tokens.revoke(client_id);
        self.tokens.register(Issued {
            token: token.clone(),
            client_id: client_id.clone(),
            name: app.name,
            scopes,
        });
        let owner = &self.owner;
        let person = json!({ "id": owner.id, "username": owner.username, "email": owner.email });
        Ok(json!({
            "access_token": token,
            "scope": granted,
            "user": person,
            "owner": person,
            "context": context,
            "account_uuid": self.account_uuid,
        }))
    }
}

/// The fields, each of which is required.
fn read(request: &Request<Bytes>) -> Result<[String; 7], Refused> {
    let invalid = |says: String| ("invalid_request", says);
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let pairs = match kind.to_ascii_lowercase().as_str() {
        "application/json" => {
            let body: Value = serde_json::from_slice(request.body())
                .map_err(|error| invalid(format!("The body is not JSON: {error}")))?;
            let fields = body.as_object().into_iter().flatten();
            let text =
                |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.into()));
            fields.filter_map(text).collect()
        }
        "application/x-www-form-urlencoded" => {
            parse(std::str::from_utf8(request.body()).unwrap_or_default())
        }
        _ => return Err(invalid("The body must be JSON or a form".to_owned())),
    };
    let mut fields = FIELDS.map(|_| String::new());
    for (field, name) in fields.iter_mut().zip(FIELDS) {
        let value = pairs
            .iter()
            .find(|(key, value)| key == name && !value.is_empty());
        let (_, value) = value.ok_or_else(|| invalid(format!("{name} is missing")))?;
        value.clone_into(field);
    }
    Ok(fields)
}

fn answer(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
#[path = "exchange_tests.rs"]
mod tests;
