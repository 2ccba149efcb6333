//! Values that many facilities share, kept once and named by a number.

use std::{collections::HashMap, hash::Hash, sync::Arc};

/// Values in the order of their first occurrence. A clone shares them.
#[derive(Clone, Debug)]
pub struct Interned<T> {
    values: Arc<Vec<T>>,
    numbers: Arc<HashMap<T, u32>>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self { values: Arc::default(), numbers: Arc::default() }
    }
}

impl<T: Clone + Eq + Hash> Interned<T> {
    /// The number of a value; a new one gets the next.
    pub(super) fn number(&mut self, value: &T) -> u32 {
        if let Some(number) = self.find(value) {
            return number;
        }
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        Arc::make_mut(&mut self.values).push(value.clone());
        Arc::make_mut(&mut self.numbers).insert(value.clone(), number);
        number
    }

    /// The number of a value that has one.
    pub fn find(&self, value: &T) -> Option<u32> {
        self.numbers.get(value).copied()
    }

    #[inline]
    pub fn get(&self, number: u32) -> Option<&T> {
        self.values.get(number as usize)
    }

    pub fn all(&self) -> &[T] {
        &self.values
    }
}
