//! A list of ids that is too long for one URL, split into parts that are requested one after the other.

use std::sync::Arc;

use super::Call;

/// The maximum length of a URL. Servers and proxies reject longer ones, some already half as long.
pub(super) const LONGEST: usize = 8000;

/// How many bytes of a URL the ids of one call may take.
pub(crate) const LONGEST_IDS: usize = 2000;

/// The parts of a filter, and which of them a call has.
#[derive(Clone)]
pub(super) struct Pieces {
    key: &'static str,
    values: Arc<[String]>,
    at: usize,
}

impl Call {
    /// Splits the ids of the requested items if they do not fit into one URL. The list is then returned
    /// in the order of the ids, so a list with another order is not split.
    pub(crate) fn cut(&mut self) {
        let whole = self.pieces.is_some() || self.is_in_another_order();
        if whole || self.length() <= LONGEST / 2 {
            return;
        }
        let placed = ["page", "after", "before"].map(|key| self.asked(key));
        let (Some(key), [None, None, None]) = (self.identity(), placed) else {
            return;
        };
        let Some(descending) = self.descending(key) else {
            return;
        };
        let ids = self.asked(key).unwrap_or_default().split(',');
        let Ok(mut ids) = ids.map(str::parse).collect::<Result<Vec<i64>, _>>() else {
            return;
        };
        ids.sort_unstable();
        ids.dedup();
        if descending {
            ids.reverse();
        }
        let values: Vec<String> = pieces(&ids);
        if let Some(first) = values.first() {
            self.set(key, first.clone());
            let (values, at) = (values.into(), 0);
            self.pieces = Some(Pieces { key, values, at });
        }
    }

    /// The call for the next part, from its beginning.
    pub(crate) fn next_piece(&self) -> Option<Self> {
        let Pieces { key, values, at } = self.pieces.as_ref()?;
        let value = values.get(at + 1)?.clone();
        let mut next = self.clone();
        for key in ["page", "after", "before"] {
            next.unset(key);
        }
        next.set(key, value);
        if let Some(pieces) = &mut next.pieces {
            pieces.at += 1;
        }
        Some(next)
    }

    /// Why the URL is too long, and what to do about it.
    pub(super) fn too_long(&self, length: usize) -> String {
        let longest = self.parameters().max_by_key(|(_, length)| *length);
        let key = longest.map_or("its parameters", |(key, _)| key);
        let order = match self.identity() {
            Some(identity) if identity == key && self.descending(key).is_none() => {
                ", or sort by id: such a list is split automatically"
            }
            _ => "",
        };
        format!(
            "its URL would have {length} bytes, but servers reject more than {LONGEST}; pass \
             `{key}` fewer values at a time{order}"
        )
    }

    /// The filter that lists the ids of the requested items. An item has only one id, so no item is in
    /// two parts.
    fn identity(&self) -> Option<&'static str> {
        let named = self.endpoint.facts().acts_on.replace(' ', "_") + "_id";
        let own = |key: &str| {
            let name = key.strip_suffix(":in");
            name.is_some_and(|name| name == "id" || name == named)
        };
        // A list whose parameter is repeated for each value is not split.
        let times = |key: &str| self.query.iter().filter(|(name, _)| *name == key).count();
        let mut keys = self.query.iter().map(|(key, _)| *key);
        self.endpoint
            .facts()
            .page
            .and_then(|_| keys.find(|key| own(key) && times(key) == 1))
    }

    /// Whether the list is sorted by descending id; `None` if it is sorted by something else.
    fn descending(&self, key: &str) -> Option<bool> {
        let Some(sort) = self.asked("sort") else {
            return Some(false);
        };
        let (by, joined) = sort.split_once(':').unwrap_or((sort, ""));
        let direction = self.asked("direction").unwrap_or(joined);
        (key.strip_suffix(":in") == Some(by)).then_some(direction == "desc")
    }

    /// The query parameters, and the length of each value.
    fn parameters(&self) -> impl Iterator<Item = (&str, usize)> {
        let own = self.query.iter().map(|(key, value)| (*key, value.len()));
        own.chain(self.options.iter().flat_map(|options| options.parameters()))
    }

    /// The approximate length of the URL.
    fn length(&self) -> usize {
        let query: usize = self
            .parameters()
            .map(|(key, length)| key.len() + length + 2)
            .sum();
        self.client.config().base.len() + self.endpoint.path().len() + query
    }
}

fn pieces(ids: &[i64]) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for id in ids {
        let id = id.to_string();
        if !piece.is_empty() && piece.len() + 1 + id.len() > LONGEST_IDS {
            pieces.push(std::mem::take(&mut piece));
        }
        if !piece.is_empty() {
            piece.push(',');
        }
        piece.push_str(&id);
    }
    pieces.push(piece);
    pieces
}
