//! The gate: the only place where a call can be denied for what it is, before any wait and before the
//! network. It applies the client's policies and the token's scopes, and lets a write pass only after
//! the required audit sinks have recorded it.

use std::time::Duration;

use super::Outgoing;
use super::trail::Trail;
use crate::catalogue::{Access, Endpoint};
use crate::error::Error;
use crate::policy::{Policy, Rule, Verdict};
use crate::scopes::ScopeSet;
use crate::target::Target;

impl Outgoing<'_> {
    /// Decides whether the call may be made, and reports the deciding rule to the trail.
    ///
    /// # Errors
    ///
    /// Returns the error that the caller gets instead of a response.
    pub(super) fn pass_gate(&self, trail: &mut Trail<'_>) -> Result<(), Error> {
        let verdict = self.by_policies(self.client.policies());
        trail.judged(verdict);
        if !verdict.allowed {
            return Err(Error::denied(self.target.clone(), verdict.rule));
        }
        let Some(endpoint) = self.target.endpoint() else {
            return Ok(());
        };
        let Some(granted) = self.granted() else {
            return Ok(());
        };
        if granted.allows(endpoint) {
            return Ok(());
        }
        if is_disputed(endpoint) {
            trail.doubtful(endpoint.scope());
            return Ok(());
        }
        let rule = Rule::Scope(endpoint.scope());
        trail.judged(Verdict::denied(rule));
        let shortfall = granted.shortfall(endpoint);
        Err(Error::not_granted(endpoint, shortfall))
    }

    /// Has the audit sinks record that the call is about to be sent, if it may change the store. Returns
    /// how long that took.
    ///
    /// # Errors
    ///
    /// Returns an error if a required sink failed.
    pub(super) async fn declare(&self, trail: &mut Trail<'_>) -> Result<Duration, Error> {
        let config = self.client.config();
        if config.audit.is_empty() || self.target.access() == Access::Read {
            return Ok(Duration::ZERO);
        }
        let recorded = trail.intend(self.timeout() / 2).await;
        recorded.map_err(|source| Error::unrecorded(self.target.clone(), source))
    }

    /// The scopes of the token, if known. The token of a server other than the store's has different
    /// ones.
    pub(super) fn granted(&self) -> Option<&ScopeSet> {
        let elsewhere = self.client.server().is_some();
        let granted = self.client.config().granted.as_ref();
        granted.filter(|_| !elsewhere)
    }

    /// How long one attempt may take.
    pub(crate) fn timeout(&self) -> Duration {
        let own = self.options.and_then(|options| options.timeout);
        own.unwrap_or(self.client.config().limits.timeout)
    }

    /// The decision of all policies: the first denial, or the rule by which the last policy allows the
    /// call.
    fn by_policies(&self, policies: &[Policy]) -> Verdict {
        let mut verdict = Verdict::allowed(Rule::Unrestricted);
        for policy in policies {
            verdict = match &self.target {
                Target::Known { endpoint, .. } => policy.decide(*endpoint),
                Target::Other(other) => {
                    let groups = other.groups.iter().copied();
                    policy.decide_raw(&other.method, groups, other.official)
                }
                // Policies only apply to the API.
                Target::File(_) | Target::Upload(_) => Verdict::allowed(Rule::Unrestricted),
            };
            if !verdict.allowed {
                break;
            }
        }
        verdict
    }
}

/// Whether the sources disagree about the scope of an endpoint.
fn is_disputed(endpoint: Endpoint) -> bool {
    let conflicts = endpoint.facts().conflicts;
    conflicts.iter().any(|conflict| conflict.about == "scope")
}
