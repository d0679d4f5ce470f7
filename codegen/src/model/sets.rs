//! Sets of fields or parameters, as positions in the list that has them all.

/// The sets with these names; a name that the list lacks is reported by a rule.
pub(super) fn of<T>(
    items: &[T],
    name: impl Fn(&T) -> &str,
    sets: &[Vec<String>],
) -> Vec<Vec<usize>> {
    let position = |wanted: &String| items.iter().position(|it| name(it) == wanted.as_str());
    let sets = sets.iter();
    sets.map(|set| set.iter().filter_map(position).collect())
        .collect()
}

/// The items of a set, in its order.
pub(super) fn items<'a, T>(items: &'a [T], set: &'a [usize]) -> impl Iterator<Item = &'a T> {
    set.iter().filter_map(|at| items.get(*at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_keeps_its_own_order() {
        let names = ["page", "limit", "after"].map(str::to_owned);
        let sets = [vec!["after".to_owned(), "page".to_owned()]];
        let sets = of(&names, |name| name.as_str(), &sets);
        assert_eq!(sets, [vec![2_usize, 0]]);
        let items: Vec<_> = items(&names, &sets[0]).collect();
        assert_eq!(items, ["after", "page"]);
    }
}
