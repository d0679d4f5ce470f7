//! Authorization codes: each represents a merchant's consent, and can be used once, for a short time.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::secret;

/// What a code grants.
#[derive(Clone, Debug)]
pub(super) struct Agreed {
    pub(super) client_id: String,
    pub(super) scopes: Vec<String>,
    until: Instant,
}

/// The codes that have not been exchanged yet.
#[derive(Debug, Default)]
pub(super) struct Codes(HashMap<String, Agreed>);

impl Codes {
    pub(super) fn give(
        &mut self,
        client_id: String,
        scopes: Vec<String>,
        life: Duration,
    ) -> String {
        let now = Instant::now();
        self.0.retain(|_, agreed| agreed.until > now);
        let code = secret::draw(32);
        let until = now.checked_add(life).unwrap_or(now);
        let agreed = Agreed {
            client_id,
            scopes,
            until,
        };
        self.0.insert(code.clone(), agreed);
        code
    }

    /// What the code grants, if it is still valid. It stays valid until it is [spent](Self::spend).
    pub(super) fn find(&self, code: &str) -> Option<&Agreed> {
        let agreed = self.0.get(code)?;
        (agreed.until > Instant::now()).then_some(agreed)
    }

    pub(super) fn spend(&mut self, code: &str) {
        self.0.remove(code);
    }

    /// An uninstalled app has nothing left to exchange.
    pub(super) fn forget(&mut self, client_id: &str) {
        self.0.retain(|_, agreed| agreed.client_id != client_id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_ends_when_it_is_spent_and_by_itself() {
        let mut codes = Codes::default();
        let code = codes.give("app".into(), Vec::new(), Duration::from_secs(60));
        assert!(codes.find(&code).is_some() && codes.find("other").is_none());
        codes.spend(&code);
        assert!(codes.find(&code).is_none());
        let brief = codes.give("app".into(), Vec::new(), Duration::ZERO);
        assert!(codes.find(&brief).is_none());
    }
}
