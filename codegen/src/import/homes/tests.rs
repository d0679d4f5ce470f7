//! `tests/data/import/homes.txt` has a call on each line, and after the arrow its group, with the words of
//! its path that are below the group and the group's feature.

use super::*;

const TABLE: &str = include_str!("../../../../tests/data/import/homes.txt");

#[test]
fn a_call_belongs_to_the_group_that_its_path_tells() {
    let lines = TABLE.lines().filter(|line| line.contains(" -> "));
    let calls: Vec<(Met<'_>, &str)> = lines
        .map(|line| {
            let (call, group) = line.split_once(" -> ").unwrap();
            let mut words = call.split_whitespace();
            let method = words.next().unwrap();
            let met = Met {
                method,
                path: words.next().unwrap(),
                lists: words.next() == Some("lists"),
            };
            (met, group)
        })
        .collect();
    let met: Vec<Met<'_>> = calls.iter().map(|(met, _)| *met).collect();
    let homes = Homes::new(&met, &Known::default());
    for (met, group) in &calls {
        let spot = homes.of(met.path).unwrap();
        let home = &homes.homes[spot.home];
        let mut found = vec![home.name.clone()];
        if let Some(under) = home.under {
            found.push(format!("under {}", homes.homes[under].name));
        }
        if !spot.rest.is_empty() {
            found.push(format!("as {}", spot.rest.join(" ")));
        }
        if spot.is_outside(met.path, home) {
            found.push("for all".to_owned());
        }
        let feature = home.feature.clone();
        found.extend(feature.map(|feature| format!("in {feature}")));
        assert_eq!(found.join(", "), *group, "{} {}", met.method, met.path);
    }
}
