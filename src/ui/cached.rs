//! What a view works out once and keeps until what it is worked out from changes.

use std::sync::Arc;

use egui::{Context, Id};

use crate::editor::Document;

/// The value for `key`: the one kept under `id` if it was made for the same key, else a new one.
pub fn cached<K, V>(ctx: &Context, id: Id, key: K, make: impl FnOnce() -> V) -> Arc<V>
where
    K: PartialEq + Clone + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    // Each value has a key of its own kind, so that it stands beside the window's memory, not in it.
    let kept: Option<(K, Arc<V>)> = ctx.data(|data| data.get_temp(id));
    if let Some((of, value)) = kept
        && of == key
    {
        return value;
    }
    let value = Arc::new(make());
    // Beside the window's memory, as above.
    ctx.data_mut(|data| data.insert_temp(id, (key, Arc::clone(&value))));
    value
}

/// Which rota, and how it stands: the key of everything derived from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocKey {
    state: u64,
    is_current: bool,
}

impl DocKey {
    /// The key of a document now.
    pub fn of(doc: &Document) -> Self {
        Self { state: doc.state(), is_current: doc.is_current() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_for_each_key() {
        let ctx = Context::default();
        let id = Id::unique("test of the cache");
        let mut made = 0;
        for key in [1, 1, 2, 2, 1] {
            let value = cached(&ctx, id, key, || {
                made += 1;
                key * 10
            });
            assert_eq!(*value, key * 10);
        }
        assert_eq!(made, 3);
    }
}
