//! The catalogue's scopes as bits, so that sets of them can be constants. It knows no names.

use crate::catalogue::{Endpoint, Scope};

const WORDS: usize = Scope::ALL.len().div_ceil(64);

/// A set of known scopes, with enough words for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bits([u64; WORDS]);

impl Bits {
    pub(super) const NONE: Self = Self([0; WORDS]);

    pub(super) const fn with(mut self, scope: Scope) -> Self {
        let at = scope as usize;
        self.0[at / 64] |= 1 << (at % 64);
        self
    }

    pub(super) const fn without(mut self, scope: Scope) -> Self {
        let at = scope as usize;
        self.0[at / 64] &= !(1 << (at % 64));
        self
    }

    pub(super) const fn has(&self, scope: Scope) -> bool {
        let at = scope as usize;
        self.0[at / 64] & (1 << (at % 64)) != 0
    }

    /// Whether one of them allows what the scope does.
    pub(super) const fn cover(&self, scope: Scope) -> bool {
        if self.has(scope) {
            return true;
        }
        let broader = scope.facts().satisfied_by;
        let mut at = 0;
        while at < broader.len() {
            if self.has(broader[at]) {
                return true;
            }
            at += 1;
        }
        false
    }

    /// Whether a token with them may make the call.
    pub(super) const fn allow(&self, endpoint: Endpoint) -> bool {
        let facts = endpoint.facts();
        if self.cover(facts.scope) {
            return true;
        }
        match facts.or_scope {
            Some(scope) => self.cover(scope),
            None => false,
        }
    }

    const fn allow_all(&self, endpoints: &[Endpoint]) -> bool {
        let mut at = 0;
        while at < endpoints.len() {
            if !self.allow(endpoints[at]) {
                return false;
            }
            at += 1;
        }
        true
    }

    pub(super) const fn union(mut self, other: &Self) -> Self {
        let mut at = 0;
        while at < WORDS {
            self.0[at] |= other.0[at];
            at += 1;
        }
        self
    }

    /// The set without the scopes that another one of it covers.
    pub(super) const fn least(self) -> Self {
        let mut left = self;
        let mut at = 0;
        while at < Scope::ALL.len() {
            let scope = Scope::ALL[at];
            if left.has(scope) && left.without(scope).cover(scope) {
                left = left.without(scope);
            }
            at += 1;
        }
        left
    }

    /// The set without the scopes that the others make unnecessary for these calls.
    pub(super) const fn least_for(self, endpoints: &[Endpoint]) -> Self {
        let mut left = self;
        let mut at = 0;
        while at < Scope::ALL.len() {
            let scope = Scope::ALL[at];
            if left.has(scope) && left.without(scope).allow_all(endpoints) {
                left = left.without(scope);
            }
            at += 1;
        }
        left
    }

    pub(super) const fn count(&self) -> usize {
        let (mut count, mut at) = (0, 0);
        while at < WORDS {
            count += self.0[at].count_ones() as usize;
            at += 1;
        }
        count
    }
}
