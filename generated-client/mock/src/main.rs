//! The program `bigcommerce-mock`.

#![forbid(unsafe_code)]

fn main() {}
