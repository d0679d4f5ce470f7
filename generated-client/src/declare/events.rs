//! The declaration of what the deliveries of webhooks carry.

/// Declares what a delivery carries: `Name of Event { Variant(payload) }`, a variant for each of that enumeration.
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
            /// The data of an event that is not known here, or of a form that is not: any JSON.
            Unknown($crate::RawJson),
        }

        impl $name {
            /// Reads the `data` of a delivery of that event.
            ///
            /// # Errors
            ///
            /// When it has another form than the event's payload.
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
