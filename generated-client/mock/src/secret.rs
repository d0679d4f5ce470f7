//! Unguessable strings: tokens, codes and secrets.

const ALPHABET: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// A string of this many letters and digits, from the operating system's random numbers.
pub(crate) fn draw(length: usize) -> String {
    std::iter::repeat_with(letter).take(length).collect()
}

fn letter() -> char {
    // If the system has no random numbers, the fallback is good enough for a mock.
    let drawn = getrandom::u64().unwrap_or_else(|_| fastrand::u64(..));
    let at = usize::try_from(drawn % ALPHABET.len() as u64).unwrap_or_default();
    char::from(ALPHABET.get(at).copied().unwrap_or(b'0'))
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn a_secret_is_as_long_as_it_is_asked_for_and_never_comes_twice() {
        let (one, other) = (draw(31), draw(31));
        assert_eq!((one.len(), other.len()), (31, 31));
        assert_ne!(one, other);
    }
}
