//! The exchange of a code for a token. It is sent once and never retried, since a code can be used
//! only once.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Request, Response};
use secrecy::{ExposeSecret, SecretString};

use super::error::{ExchangeError, Refusal};
use super::grant::AppUser;
use super::settings::Settings;
use super::{App, Callback, Grant};
use crate::body::text;
use crate::json::{self, Decode, DecodeError, Encode, Reader, Writer};
use crate::kind::ErrorKind;
use crate::scopes::ScopeSet;
use crate::secrets::Secrets;
use crate::transport::TransportError;
use crate::value::RawJson;

const NAME: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

impl App {
    /// Exchanges the code of a callback for the store's token.
    ///
    /// Do this before you respond to the browser, and only once: a code that was sent cannot be used
    /// again. The response is validated: it must be for the store of the callback, and its token must
    /// have scopes.
    ///
    /// ```no_run
    /// # async fn example(app: bigcommerce_client::app::App) -> Result<(), Box<dyn std::error::Error>> {
    /// use bigcommerce_client::app::Callback;
    ///
    /// # let query = "";
    /// let callback = Callback::parse(query)?;
    /// match app.exchange(&callback).await {
    ///     Ok(grant) => println!("{} granted {}", grant.store_hash, grant.scopes),
    ///     Err(error) if error.is_code_spent() => println!("go to {}", app.install_url()),
    ///     Err(error) => return Err(error.into()),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if there is no response, BigCommerce rejects the request, or the response
    /// cannot be decoded, is for another store, or has a token without scopes.
    pub async fn exchange(&self, callback: &Callback) -> Result<Grant, ExchangeError> {
        let settings = self.settings();
        let question = Question { settings, callback };
        let mut request = Request::new(Bytes::from(json::to_vec(&question)));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self
            .login(&["oauth2", "token"])
            .as_str()
            .parse()
            .map_err(|error: http::uri::InvalidUri| ExchangeError::NotSent(error.into()))?;
        let json = HeaderValue::from_static("application/json");
        let headers = request.headers_mut();
        headers.insert(ACCEPT, json.clone());
        headers.insert(CONTENT_TYPE, json);
        headers.insert(USER_AGENT, HeaderValue::from_static(NAME));
        request.extensions_mut().insert(settings.limits);

        let answer = settings.transport.answer(request).await;
        let answer = match answer.map_err(TransportError::part) {
            Ok(answer) => answer,
            // An error response is still an error if its body is cut off.
            Err((Some(begun), _)) if !begun.status().is_success() => begun,
            Err((_, error)) => {
                let kind = error.downcast_ref().map(TransportError::kind);
                let error = self.secrets(callback, "").error(error);
                return Err(match kind {
                    Some(ErrorKind::Connect | ErrorKind::Unprocessed) => {
                        ExchangeError::NotSent(error)
                    }
                    _ => ExchangeError::NoResponse(error),
                });
            }
        };
        self.read(callback, &answer)
    }

    /// What must not appear in anything that is returned: the credentials that were sent, and the
    /// token.
    fn secrets(&self, callback: &Callback, token: &str) -> Secrets {
        Secrets::new([
            self.settings().client_secret.expose_secret(),
            callback.code().expose_secret(),
            token,
        ])
    }

    fn read(
        &self,
        callback: &Callback,
        response: &Response<Bytes>,
    ) -> Result<Grant, ExchangeError> {
        let settings = self.settings();
        let refusal = |answer: TokenBody| {
            let secrets =
                self.secrets(callback, answer.access_token.as_deref().unwrap_or_default());
            Refusal::new(response, answer.error, answer.error_description, &secrets)
        };
        let Ok(answer) = json::from_slice::<TokenBody>(text(response.body())) else {
            return Err(ExchangeError::Unreadable(refusal(TokenBody::default())));
        };
        if answer.error.is_some() || !response.status().is_success() {
            return Err(ExchangeError::Refused(refusal(answer)));
        }
        let Some(token) = answer.access_token.filter(|token| !token.is_empty()) else {
            return Err(ExchangeError::Unreadable(refusal(TokenBody::default())));
        };
        let secrets = self.secrets(callback, &token);
        let struck = |text: String| secrets.text(&text).into_owned();
        if answer.context.as_deref() != Some(&*callback.context()) {
            return Err(ExchangeError::OtherStore {
                sent: callback.context(),
                returned: answer.context.map(struck),
            });
        }
        let scopes = ScopeSet::named(&answer.scope.unwrap_or_default());
        if scopes.is_empty() {
            return Err(ExchangeError::NoScope);
        }
        Ok(Grant {
            store_hash: callback.store_hash().to_owned(),
            access_token: SecretString::from(token),
            scopes,
            granted_at: (settings.clock)(),
            user: person(answer.user, &secrets),
            owner: person(answer.owner, &secrets),
            account_uuid: answer.account_uuid.as_ref().and_then(name).map(struck),
        })
    }
}

/// A person in an unexpected format is ignored: the code is used up, and the token matters more.
fn person(raw: Option<RawJson>, secrets: &Secrets) -> Option<AppUser> {
    let mut user: AppUser = raw?.parse().ok()?;
    for text in [&mut user.username, &mut user.email, &mut user.locale] {
        text.iter_mut().for_each(|text| secrets.strike(text));
    }
    Some(user)
}

/// A name in an unexpected format is ignored too.
fn name(raw: &RawJson) -> Option<String> {
    raw.parse().ok()
}

/// The request body.
struct Question<'a> {
    settings: &'a Settings,
    callback: &'a Callback,
}

impl Encode for Question<'_> {
    fn encode(&self, w: &mut Writer) {
        let Self { settings, callback } = self;
        let mut o = w.record();
        o.value("client_id", &settings.client_id);
        o.value("client_secret", settings.client_secret.expose_secret());
        o.value("code", callback.code().expose_secret());
        o.value("context", &callback.context());
        o.value("scope", callback.scope());
        o.value("grant_type", "authorization_code");
        o.value("redirect_uri", &settings.redirect_uri);
        o.end();
    }
}

/// The response body, of a success or an error.
#[derive(Default)]
struct TokenBody {
    access_token: Option<String>,
    scope: Option<String>,
    context: Option<String>,
    user: Option<RawJson>,
    owner: Option<RawJson>,
    account_uuid: Option<RawJson>,
    error: Option<String>,
    error_description: Option<String>,
}

impl Decode for TokenBody {
    const KIND: &'static str = "object";

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        r.begin()?;
        while let Some(key) = r.key()? {
            match &*key {
                "access_token" => it.access_token = r.field()?,
                "scope" => it.scope = r.field()?,
                "context" => it.context = r.field()?,
                "user" => it.user = r.field()?,
                "owner" => it.owner = r.field()?,
                "account_uuid" => it.account_uuid = r.field()?,
                "error" => it.error = r.field()?,
                "error_description" => it.error_description = r.field()?,
                _ => r.keep(&key)?,
            }
        }
        r.end();
        Ok(it)
    }
}
