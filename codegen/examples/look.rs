//! Throwaway.
fn main() {
    let dir = std::env::args().nth(1).unwrap_or("spec".into());
    let t = std::time::Instant::now();
    let loaded = codegen::check::Checked::read(dir.as_ref());
    let t1 = t.elapsed();
    print!(
        "{}",
        codegen::diagnostic::render_plain(&loaded.diagnostics, &loaded.sources)
    );
    eprintln!(
        "{} errors {} warnings; load {:?} render {:?}",
        loaded.diagnostics.errors(),
        loaded.diagnostics.warnings(),
        t1,
        t.elapsed() - t1
    );
}
