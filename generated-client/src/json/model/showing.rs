//! How a model is shown.

use std::fmt;

use super::{Each, Model, Slot};

/// Shows a model the way a derived `Debug` would, with the API's names.
pub(crate) fn show<M: Model>(model: &M, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    struct Shown<'s, 'a, 'f> {
        fields: &'s mut fmt::DebugStruct<'a, 'f>,
        secrets: &'static [&'static str],
    }

    impl Each for Shown<'_, '_, '_> {
        fn field(&mut self, key: &'static str, value: &dyn Slot) {
            if !self.secrets.contains(&key) {
                self.fields.field(key, value.shown());
                return;
            }
            let shown = if value.is_written() {
                "[hidden]"
            } else {
                "None"
            };
            self.fields.field(key, &format_args!("{shown}"));
        }
    }

    let mut shown = f.debug_struct(M::NAME);
    model.each(&mut Shown {
        fields: &mut shown,
        secrets: M::SECRETS,
    });
    if let Some(rest) = model.rest() {
        shown.field("rest", rest);
    }
    shown.finish()
}
