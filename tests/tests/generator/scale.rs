//! The spec at the size of the whole API, which is what the benches measure.

use bigcommerce_tests::{multiply::multiplied, root};
use codegen::pipeline;

#[test]
fn the_spec_made_to_seven_hundred_operations_is_sound() {
    let spec = pipeline::read(&root().join("spec"));
    let document = spec.document.unwrap();
    let ours = document.groups.iter().map(|group| group.endpoints.len());
    let ours: usize = ours.sum();
    let made = document.groups.iter().filter(|group| group.made.is_some());
    let made: usize = made.map(|group| group.endpoints.len()).sum();
    let times = 700_usize.div_ceil(ours);
    match multiplied(&document, &spec.sources, times) {
        // What templates make is there once.
        Ok(api) => assert_eq!(api.endpoints.len(), (ours - made) * times + made),
        Err(said) => panic!("{said}"),
    }
}
