//! Throwaway.
fn main() {
    let (base, _) = codegen::source::Sources::read("tests/data/minimal".as_ref());
    let mut paths: Vec<_> = std::fs::read_dir("tests/data/diagnostics")
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    for p in paths {
        let s = codegen::fixture::apply(&base, &std::fs::read_to_string(&p).unwrap()).unwrap();
        let c = codegen::check::Checked::of(s);
        println!(
            "======== {}\n{}",
            p.file_stem().unwrap().to_str().unwrap(),
            codegen::diagnostic::render_plain(&c.diagnostics, &c.sources)
        );
    }
}
