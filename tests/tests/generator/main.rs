//! The generator: what it accepts and rejects, what it renders, and its commands.

mod built_once;
mod catalogue;
mod command_line;
mod cycles;
mod diagnostics;
mod diff;
mod export;
mod fragments;
mod guide;
mod hostile;
mod language;
mod method_names;
mod mistakable;
mod mutations;
mod outputs;
mod renames;
mod reserved;
mod scale;
mod scopes;
mod sizes;
mod snapshots;
mod specs;
mod typos;
mod upstream;
mod words;
