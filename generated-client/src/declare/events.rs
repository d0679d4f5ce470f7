//! The declaration of the payloads of webhook deliveries.

/// Declares the payloads of deliveries: `Name of Event { Variant(payload) }`, with a variant for each event.
macro_rules! payloads {
    (
        $(#[$about:meta])*
        $name:ident of $events:ident {
            $($(#[$doc:meta])* $event:ident($payload:ty),)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $event($payload),)*
            /// The data of an unknown event, or of a known event in an unknown format: any JSON.
            Unknown($crate::RawJson),
        }

        impl $name {
            /// Decodes the `data` of a delivery of that event.
            ///
            /// # Errors
            ///
            /// Returns an error if it does not have the format of the event's payload.
            pub fn read(
                event: $events,
                data: &$crate::RawJson,
            ) -> Result<Self, $crate::DecodeError> {
                Ok(match event {
                    $($events::$event => Self::$event(data.parse_whole()?),)*
                })
            }

            /// Which event it is; `None` for [`Unknown`](Self::Unknown).
            pub const fn event(&self) -> Option<$events> {
                Some(match self {
                    $(Self::$event(_) => $events::$event,)*
                    Self::Unknown(_) => return None,
                })
            }
        }
    };
}

pub(crate) use payloads;
