//! The gate: the one place where a call can be refused for what it is, before anything waits and
//! before the network. It judges by the client's policies and the scopes of its token, and lets what
//! changes the store pass only when those have it in writing who must.

use std::time::Duration;

use super::Outgoing;
use super::trail::Trail;
use crate::catalogue::{Access, Endpoint};
use crate::error::Error;
use crate::policy::{Policy, Rule, Verdict};
use crate::scopes::ScopeSet;
use crate::target::Target;

impl Outgoing<'_> {
    /// Decides whether the call may be made, and tells the trail by which rule.
    ///
    /// # Errors
    ///
    /// The error that the caller gets instead of a response.
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
        trail.judged(Verdict::refused(rule));
        let shortfall = granted.shortfall(endpoint.scope());
        Err(Error::not_granted(endpoint, shortfall))
    }

    /// Has the audit sinks record that the call is going to be sent, if it may change the store. Says how
    /// long that took.
    ///
    /// # Errors
    ///
    /// Returns an error if a sink that is required could not.
    pub(super) async fn declare(&self, trail: &mut Trail<'_>) -> Result<Duration, Error> {
        let config = self.client.config();
        if config.audit.is_empty() || self.target.access() == Access::Read {
            return Ok(Duration::ZERO);
        }
        let recorded = trail.intend(self.timeout() / 2).await;
        recorded.map_err(|source| Error::unrecorded(self.target.clone(), source))
    }

    /// The scopes of the token, if they are known. That of another server than the store's has others.
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

    /// What all of the policies say: the first denial, or by what the last of them allows it.
    fn by_policies(&self, policies: &[Policy]) -> Verdict {
        let mut verdict = Verdict::allowed(Rule::Unrestricted);
        for policy in policies {
            verdict = match &self.target {
                Target::Known { endpoint, .. } => policy.decide(*endpoint),
                Target::Other(other) => {
                    let groups = other.groups.iter().copied();
                    policy.decide_raw(&other.method, groups, other.official)
                }
                // A policy is about the API alone.
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
