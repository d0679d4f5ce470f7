//! The page on which a merchant grants an app its scopes: all of them or none.

use bytes::Bytes;
use http::{Response, StatusCode};
use percent_encoding::percent_decode_str;

use super::login::App;
use super::page;
use crate::urlencoded::{extend, parse, write};

impl App {
    pub(super) fn authorize(&self, query: &str) -> Response<Bytes> {
        let query = parse(query);
        let value = |name: &str| {
            let found = query.iter().find(|(key, _)| key == name);
            found
                .map(|(_, value)| value.as_str())
                .filter(|value| !value.is_empty())
        };
        let refuse = |says: &str| page::notice(StatusCode::BAD_REQUEST, "Not possible", says);
        let Some(app) = value("client_id").and_then(|id| self.registration(id)) else {
            return refuse("No app is registered under this client_id.");
        };
        // The browser is only redirected to the app, whatever the query requests.
        if value("redirect_uri").is_some_and(|uri| uri != app.redirect_uri) {
            return refuse("The redirect_uri is not the one that is registered.");
        }
        let context = format!("stores/{}", self.store);
        if value("context").is_some_and(|asked| asked != context) {
            return refuse("The context names another store.");
        }
        let asked = value("scope").map(|scope| scope.split_whitespace().collect::<Vec<_>>());
        let asked = asked.filter(|scopes| !scopes.is_empty());
        let scopes: Vec<String> = match asked {
            None => app.scopes.clone(),
            Some(asked) => asked.into_iter().map(str::to_owned).collect(),
        };
        if let Some(more) = scopes.iter().find(|scope| !app.scopes.contains(scope)) {
            return refuse(&format!("The app is not registered with the scope {more}."));
        }

        let scope = scopes.join(" ");
        let state = value("state");
        let going = match value("accept") {
            None => {
                let mut fields = vec![("client_id", app.client_id.as_str()), ("scope", &scope)];
                fields.extend(state.map(|state| ("state", state)));
                return page::question(&app, &scopes, &self.store, &fields);
            }
            Some("1" | "true" | "yes") => {
                let mut known = self.state();
                let code = known.codes.give(app.client_id.clone(), scopes, self.life);
                vec![
                    ("code", code),
                    ("scope", scope),
                    ("context", context),
                    ("account_uuid", self.account_uuid.clone()),
                ]
            }
            Some(_) => vec![
                ("error", "access_denied".to_owned()),
                ("error_description", "The merchant refused".to_owned()),
            ],
        };
        let mut going: Vec<_> = going
            .iter()
            .map(|(name, it)| (*name, it.as_str()))
            .collect();
        // The live service documents no `state`, but returns one that was sent.
        going.extend(state.map(|state| ("state", state)));
        page::redirect(&extend(&app.redirect_uri, &write(going)))
    }

    /// `/app/{client_id}/install`, and the two pages that end an installation.
    pub(super) fn install(&self, path: &str) -> Option<Response<Bytes>> {
        let (id, rest) = path.strip_prefix("/app/")?.split_once("/install")?;
        let id = percent_decode_str(id).decode_utf8().ok()?;
        let app = self.registration(&id)?;
        match rest {
            "" => {
                let query = write([("client_id", app.client_id.as_str())]);
                Some(page::redirect(&extend("/oauth2/authorize", &query)))
            }
            "/succeeded" => {
                let says = format!("{} is installed.", app.name);
                Some(page::notice(StatusCode::OK, "Installed", &says))
            }
            "/failed" => {
                let says = format!("{} could not be installed.", app.name);
                Some(page::notice(StatusCode::OK, "Not installed", &says))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{location, login};
    use super::*;

    #[test]
    fn a_merchant_who_agrees_is_sent_to_the_app_with_a_code() {
        let to = location(&login().0.authorize("client_id=id&accept=1"));
        assert!(to.starts_with("http://127.0.0.1:3000/auth?code="), "{to}");
        let query = parse(to.split_once('?').unwrap().1);
        let names: Vec<_> = query.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["code", "scope", "context", "account_uuid"]);
        assert_eq!(query[1].1, "store_v2_orders store_v2_products");
        assert_eq!(query[2].1, "stores/abc123");
        assert!(to.contains("scope=store_v2_orders+store_v2_products&context=stores%2Fabc123"));
    }

    #[test]
    fn a_merchant_who_refuses_is_sent_to_the_app_without_one() {
        let to = location(&login().0.authorize("client_id=id&accept=0&state=x"));
        assert!(
            to.contains("?error=access_denied&") && to.ends_with("&state=x"),
            "{to}"
        );
    }

    #[test]
    fn the_page_names_the_app_and_its_scopes_and_escapes_what_it_shows() {
        let page = login().0.authorize("client_id=id&state=%22%3E%3Cscript%3E");
        let html = std::str::from_utf8(page.body()).unwrap();
        assert!(html.contains("store_v2_orders") && html.contains("name=\"accept\" value=\"1\""));
        assert!(!html.contains("<script>") && html.contains("&quot;&gt;&lt;script&gt;"));
    }

    #[test]
    fn nobody_is_sent_anywhere_but_to_the_registered_address_of_a_known_app() {
        for query in [
            "client_id=other&accept=1",
            "accept=1",
            "client_id=id&accept=1&redirect_uri=http://evil.example",
            "client_id=id&accept=1&scope=store_v2_orders+store_v2_customers",
            "client_id=id&accept=1&context=stores/other",
        ] {
            let answer = login().0.authorize(query);
            assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{query}");
            assert!(!answer.headers().contains_key("location"));
        }
    }

    #[test]
    fn the_addresses_that_the_app_store_uses_lead_to_the_page() {
        let login = login().0;
        let to = location(&login.install("/app/id/install").unwrap());
        assert_eq!(to, "/oauth2/authorize?client_id=id");
        assert!(login.install("/app/id/install/succeeded").is_some());
        assert!(login.install("/app/other/install").is_none());
        assert!(login.install("/app/id/else").is_none());
    }
}
