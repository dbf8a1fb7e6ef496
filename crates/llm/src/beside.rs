//! What a model in this process says beside its text, typed: the way back of
//! [`ChatRequest::extensions`](crate::ChatRequest).

use std::{any::Any, fmt, sync::Arc};

/// A value that only who made it and who waits for it know.
#[derive(Clone)]
pub struct Beside(Arc<dyn Any + Send + Sync>);

impl Beside {
    /// Says `value`.
    pub fn new<T: Any + Send + Sync>(value: T) -> Self {
        Self(Arc::new(value))
    }

    /// What was said, where it is a `T`.
    #[must_use]
    pub fn get<T: Any>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

/// The same value, not an equal one: what it holds is not known here.
impl PartialEq for Beside {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Beside(_)")
    }
}
