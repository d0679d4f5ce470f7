//! Reading only, by type: a program that would write through such a client does not compile.

#[test]
fn a_client_that_only_reads_has_no_call_that_writes() {
    trybuild::TestCases::new().compile_fail("compile/read_only.rs");
}
