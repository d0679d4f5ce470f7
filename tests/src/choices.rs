//! Decisions taken from a list of numbers. A property test draws the list; if it fails, a shorter list
//! of smaller numbers results in a plainer value, since the first alternative is always the plainest.

/// With how many cases a property is tested: `quick`, or many more in a long run.
pub fn cases(quick: u32) -> u32 {
    if std::env::var_os("BIGCOMMERCE_LONG").is_some() {
        quick * 25
    } else {
        quick
    }
}

/// A source of decisions.
#[derive(Clone, Debug)]
pub struct Choices<'a> {
    left: std::slice::Iter<'a, u32>,
}

impl<'a> Choices<'a> {
    /// Decides by `numbers`, and for the plainest alternative when they are used up.
    pub fn new(numbers: &'a [u32]) -> Self {
        Self {
            left: numbers.iter(),
        }
    }

    /// A number below `end`, or 0.
    pub fn below(&mut self, end: usize) -> usize {
        let next = self.left.next().copied().unwrap_or_default() as usize;
        next.checked_rem(end).unwrap_or_default()
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times
    }

    /// One of `items`.
    ///
    /// # Panics
    ///
    /// If there are none.
    pub fn pick<'t, T: ?Sized>(&mut self, items: &[&'t T]) -> &'t T {
        items[self.below(items.len())]
    }
}
