//! Declarations of requests: their arguments, what their calls return, and each optional parameter in one
//! line below its documentation. What every request can do is written here, once.

/// Declares a request:
/// `Name(endpoint, required arguments) -> how(type), extras { parameter = "key" (how type) }`.
macro_rules! request {
    (
        $(#[$about:meta])*
        $name:ident($endpoint:path $(, $arg:ident: $given:ident $type:ty = $place:ident $($at:literal)?)* $(,)?)
            -> $finish:ident($value:ty) $(, $extra:ident)*
        {
            $($(#[$doc:meta])* $parameter:ident = $($into:ident)? $wire:literal ($how:ident $of:ty),)*
        }
    ) => {
        $(#[$about])*
        #[must_use = "a request does nothing until it is awaited or sent"]
        pub struct $name {
            call: $crate::Call,
        }

        impl $name {
            pub(crate) fn new(
                client: &$crate::Client
                $(, $arg: $crate::declare::given!($given $type))*
            ) -> Self {
                let call = $crate::Call::new(client, $endpoint);
                $(let call = $crate::declare::placed!(call, $place $($at)?, $given $type, $arg);)*
                Self { call }
            }

            $($crate::declare::parameter! { $(#[$doc])* $parameter = $($into)? $wire ($how $of) })*

            /// Sets the options of this call: timeout, retries, and additional headers and parameters.
            pub fn with_options(mut self, options: $crate::CallOptions) -> Self {
                self.call.options_beside(options, &[$($wire),*]);
                self
            }

            /// Sends the request and returns its value with the status, headers and raw body.
            ///
            /// # Errors
            ///
            /// Returns an error if the call cannot be sent, fails, or returns a response that
            /// cannot be decoded.
            pub fn send(
                self,
            ) -> $crate::Pending<$crate::Response<$crate::declare::value!($finish $value)>> {
                self.call.$finish()
            }

            /// Sends the request and waits for its value, for code that is not `async`.
            ///
            /// # Errors
            ///
            /// Returns the errors of [`send`](Self::send), and an error if it is called inside `async`
            /// code.
            #[cfg(feature = "blocking")]
            pub fn blocking(self) -> Result<$crate::declare::value!($finish $value), $crate::Error> {
                $crate::blocking::wait(self.into_future())
            }

            $($crate::declare::extra! { $extra $finish $value })*
        }

        // A derive costs the compiler several times the memory.
        impl ::std::clone::Clone for $name {
            fn clone(&self) -> Self {
                Self { call: self.call.clone() }
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.call.show(stringify!($name), f)
            }
        }

        impl IntoFuture for $name {
            type Output = Result<$crate::declare::value!($finish $value), $crate::Error>;
            type IntoFuture = $crate::Pending<$crate::declare::value!($finish $value)>;

            fn into_future(self) -> Self::IntoFuture {
                $crate::Call::value(self.send())
            }
        }
    };
}

/// A call with an argument in its path, its body or its query.
macro_rules! placed {
    ($call:ident, path $at:literal, $how:ident $type:ty, $it:ident) => {
        $call.path($at, $crate::declare::taken!($how $type, $it))
    };
    ($call:ident, body, $how:ident $type:ty, $it:ident) => {
        $call.body(&$it)
    };
    ($call:ident, header $at:literal, $how:ident $type:ty, $it:ident) => {{
        let mut call = $call;
        call.header($at, $crate::declare::plain!($how $type, $it));
        call
    }};
    ($call:ident, form $at:literal, file $type:ty, $it:ident) => {{
        let mut call = $call;
        call.form_file($at, $it);
        call
    }};
    ($call:ident, form $at:literal, $how:ident $type:ty, $it:ident) => {{
        let mut call = $call;
        call.form_value($at, $crate::declare::plain!($how $type, $it));
        call
    }};
    ($call:ident, query $at:literal, $how:ident $type:ty, $it:ident) => {{
        let mut call = $call;
        $crate::declare::filled!(call, $at, $how $type, $it);
        call
    }};
}

/// Adds an argument to the query. It is first converted to a plain type, so that the call's methods are
/// compiled once per type instead of once per caller.
macro_rules! filled {
    ($call:expr, $wire:literal, own $of:ty, $it:ident) => {
        $call.query($wire, $it)
    };
    ($call:expr, $wire:literal, into $of:ty, $it:ident) => {
        $call.query($wire, Into::<$of>::into($it))
    };
    ($call:expr, $wire:literal, list $of:ty, $it:ident) => {
        $call.query_list($wire, $it)
    };
    ($call:expr, $wire:literal, list_into $of:ty, $it:ident) => {
        $call.query_list($wire, $it.into_iter().map(Into::<$of>::into))
    };
    ($call:expr, $wire:literal, each $of:ty, $it:ident) => {
        $call.query_each($wire, $it)
    };
    ($call:expr, $wire:literal, each_into $of:ty, $it:ident) => {
        $call.query_each($wire, $it.into_iter().map(Into::<$of>::into))
    };
    ($call:expr, $wire:literal, flag $of:ty, $it:ident) => {
        $call.query_flag($wire, $it)
    };
}

/// An argument, converted to its plain type.
macro_rules! plain {
    (own $of:ty, $it:ident) => {
        $it
    };
    (flag $of:ty, $it:ident) => {
        i64::from($it)
    };
    (list $of:ty, $it:ident) => {
        $it.into_iter().collect::<Vec<$of>>()
    };
    (list_into $of:ty, $it:ident) => {
        $it.into_iter().map(Into::into).collect::<Vec<$of>>()
    };
    (into $of:ty, $it:ident) => {
        Into::<$of>::into($it)
    };
}

/// The method that sets a query parameter, a header or the body.
macro_rules! parameter {
    ($(#[$doc:meta])* $name:ident = header $wire:literal ($how:ident $of:ty)) => {
        $(#[$doc])*
        pub fn $name(mut self, value: $crate::declare::given!($how $of)) -> Self {
            self.call.header($wire, $crate::declare::plain!($how $of, value));
            self
        }
    };
    ($(#[$doc:meta])* $name:ident = form $wire:literal (file $of:ty)) => {
        $(#[$doc])*
        pub fn $name(mut self, file: $of) -> Self {
            self.call.form_file($wire, file);
            self
        }
    };
    ($(#[$doc:meta])* $name:ident = form $wire:literal ($how:ident $of:ty)) => {
        $(#[$doc])*
        pub fn $name(mut self, value: $crate::declare::given!($how $of)) -> Self {
            self.call.form_value($wire, $crate::declare::plain!($how $of, value));
            self
        }
    };
    ($(#[$doc:meta])* $name:ident = body $wire:literal ($how:ident $of:ty)) => {
        $(#[$doc])*
        pub fn $name(mut self, body: $crate::declare::given!($how $of)) -> Self {
            self.call = self.call.body(&$crate::declare::plain!($how $of, body));
            self
        }
    };
    ($(#[$doc:meta])* $name:ident = $wire:literal (sort $by:ty)) => {
        $(#[$doc])*
        pub fn $name(mut self, by: $by, direction: $crate::Direction) -> Self {
            self.call.sort(by, direction);
            self
        }
    };
    ($(#[$doc:meta])* $name:ident = $wire:literal (sort_joined $by:ty)) => {
        $(#[$doc])*
        pub fn $name(mut self, by: $by, direction: $crate::Direction) -> Self {
            self.call.sort_joined(by, direction);
            self
        }
    };
    ($(#[$doc:meta])* $name:ident = $wire:literal (flag $of:ty)) => {
        $(#[$doc])*
        pub fn $name(mut self, value: $of) -> Self {
            $crate::declare::filled!(self.call, $wire, flag $of, value);
            self
        }
    };
    ($(#[$doc:meta])* $name:ident = $wire:literal (own $of:ty)) => {
        $(#[$doc])*
        pub fn $name(mut self, value: $of) -> Self {
            $crate::declare::filled!(self.call, $wire, own $of, value);
            self
        }
    };
    ($(#[$doc:meta])* $name:ident = $wire:literal (into $of:ty)) => {
        $(#[$doc])*
        pub fn $name(mut self, value: impl Into<$of>) -> Self {
            $crate::declare::filled!(self.call, $wire, into $of, value);
            self
        }
    };
    ($(#[$doc:meta])* $name:ident = $wire:literal ($how:ident $of:ty)) => {
        $(#[$doc])*
        pub fn $name(mut self, values: $crate::declare::given!($how $of)) -> Self {
            $crate::declare::filled!(self.call, $wire, $how $of, values);
            self
        }
    };
}

/// The type that an awaited request returns.
macro_rules! value {
    (page $of:ty) => { $crate::Page<$of> };
    (outcome $of:ty) => { $crate::Outcome<$of> };
    (counts $of:ty) => { $crate::Outcome<$of> };
    (maybe $of:ty) => { Option<$of> };
    (events_of $of:ty) => { $crate::download::EventStream<$of> };
    ($finish:ident $of:ty) => { $of };
}

/// Additional methods of some requests.
macro_rules! extra {
    (by_cursor page $of:ty) => {
        /// Reads the list by cursor instead of page number, so that items that are added or deleted
        /// in the meantime do not shift the others. Pages are read sequentially.
        pub fn by_cursor(mut self) -> Self {
            self.call.by_cursor = true;
            self
        }
    };
    (stream page $of:ty) => {
        /// Every item of this page and all following ones, in order. Pages have the maximum size, unless
        /// [`limit`](Self::limit) is set.
        pub fn stream(self) -> $crate::Items<$of> {
            self.call.items()
        }

        /// Like [`stream`](Self::stream), but page by page, with the metadata of each page.
        pub fn pages(self) -> $crate::Pages<$of> {
            self.call.pages()
        }

        /// The first item of this page or a following one; `None` if there is none.
        pub fn first(self) -> $crate::First<$of> {
            self.call.first()
        }
    };
    (call $finish:ident $of:ty) => {
        pub(crate) fn into_call(self) -> $crate::Call {
            self.call
        }
    };
    (effective $finish:ident $of:ty) => {
        /// Also reads the settings that are inherited, and returns those that apply, each with its origin.
        pub fn effective(self) -> $crate::effective::EffectiveRead<$of> {
            $crate::effective::EffectiveRead::new(self.call, $crate::Call::$finish)
        }
    };
    (decoding page $of:ty) => {
        /// Decodes the items as your own type, which has only the selected fields.
        pub fn decoding<T: $crate::Decode>(self) -> $crate::Listing<T> {
            $crate::Listing::new(self.call)
        }
    };
    (decoding $finish:ident $of:ty) => {
        /// Decodes the value as your own type, which has only the selected fields.
        pub fn decoding<T: $crate::Decode>(self) -> $crate::Single<T> {
            $crate::Single::new(self.call, $crate::Call::$finish)
        }
    };
}

pub(crate) use {extra, filled, parameter, placed, plain, request, value};
