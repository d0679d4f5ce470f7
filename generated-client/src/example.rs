//! The hidden lines that examples have in common.

/// Wraps an example that needs features, and a runtime or a client. With `server` and `store` it runs
/// against a mock store, with `store` alone it is only compiled, and with neither it just runs the
/// example.
///
/// The features are those of the crate whose example it is.
#[doc(hidden)]
#[macro_export]
macro_rules! example {
    ([$($feature:literal),*] $server:ident, $store:ident: $($code:tt)*) => {
        $crate::example! { ["mock", "reqwest" $(, $feature)*]
            let $server = $crate::mock::Store::start().await?;
            let $store = $crate::Client::builder($server.hash(), $server.token())
                .base_url($server.url())
                .retry($crate::RetryPolicy::never())
                .build()?;
            $($code)*
        }
    };
    ([$($feature:literal),*] $store:ident: $($code:tt)*) => {
        #[cfg(all($(feature = $feature),*))]
        async fn example($store: $crate::Client) -> Result<(), Box<dyn std::error::Error>> {
            $($code)*
            Ok(())
        }
    };
    ([$($feature:literal),*] $($code:tt)*) => {
        #[cfg(all($(feature = $feature),*))]
        {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let example = async {
                $($code)*
                Ok::<(), Box<dyn std::error::Error>>(())
            };
            runtime.expect("there is a runtime").block_on(example).expect("the example runs");
        }
    };
}
