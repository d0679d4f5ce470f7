//! The pages a merchant sees: plain HTML without scripts.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION};
use http::{HeaderValue, Response, StatusCode};

use super::Registration;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;\
    padding:0 1rem;color:#222}code{background:#f2f2f2;padding:.1em .3em}button{font:inherit;\
    padding:.5em 1.2em;margin:1rem 1rem 0 0}";

/// Asks whether an app may be installed.
pub(super) fn question(
    app: &Registration,
    scopes: &[String],
    store: &str,
    fields: &[(&str, &str)],
) -> Response<Bytes> {
    let mut inside = format!(
        "<p>{} asks for these scopes in the store <code>{}</code>:</p><ul>",
        escape(&app.name),
        escape(store)
    );
    for scope in scopes {
        inside.push_str(&format!("<li><code>{}</code></li>", escape(scope)));
    }
    inside.push_str("</ul><form method=\"get\" action=\"/oauth2/authorize\">");
    for (name, value) in fields {
        inside.push_str(&format!(
            "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
            escape(name),
            escape(value)
        ));
    }
    inside.push_str(
        "<button name=\"accept\" value=\"1\">Install</button>\
         <button name=\"accept\" value=\"0\">Refuse</button></form>",
    );
    page(StatusCode::OK, &format!("Install {}?", app.name), &inside)
}

/// A page with a single message.
pub(super) fn notice(status: StatusCode, title: &str, says: &str) -> Response<Bytes> {
    page(status, title, &format!("<p>{}</p>", escape(says)))
}

/// Redirects the browser.
pub(super) fn redirect(to: &str) -> Response<Bytes> {
    match HeaderValue::try_from(to) {
        Ok(to) => {
            let mut response = notice(
                StatusCode::FOUND,
                "Going on",
                "Your browser is being redirected.",
            );
            response.headers_mut().insert(LOCATION, to);
            response
        }
        Err(_) => notice(
            StatusCode::BAD_REQUEST,
            "Cannot redirect",
            "The app's URL cannot be used in a redirect.",
        ),
    }
}

fn page(status: StatusCode, title: &str, inside: &str) -> Response<Bytes> {
    let title = escape(title);
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}</style><h1>{title}</h1>{inside}</html>"
    );
    let mut response = Response::new(Bytes::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    headers.insert(CONTENT_TYPE, html);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
