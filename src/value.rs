//! Values of configuration and data files that know where they are written.
//!
//! YAML and JSON are both read into [`Value`], so that one reader serves both and every diagnostic can
//! point at the bytes it is about.

use crate::source::Span;

/// A value and its place.
///
/// Quotes and brackets are a part of the place. What is written nowhere, such as an empty value, has the place of its key
/// or of the list that it is in.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// Where it is written.
    pub span: Span,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(serde_json::Number),
    /// Text.
    String(String),
    /// Values in order.
    List(Vec<Value>),
    /// Keys and values in order; each key once.
    Object(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key is written.
    pub key_span: Span,
    /// Its value.
    pub value: Value,
}

impl Value {
    /// The value of a key; `None` if there is none, or if this is no object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The keys and values; empty for anything but an object.
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Object(entries) => entries,
            _ => &[],
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The values of a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        match &self.kind {
            Kind::List(values) => Some(values),
            _ => None,
        }
    }

    /// What it is, as messages say it: `a list`.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "nothing",
            Kind::Bool(_) => "true or false",
            Kind::Number(_) => "a number",
            Kind::String(_) => "text",
            Kind::List(_) => "a list",
            Kind::Object(_) => "a mapping",
        }
    }

    /// The value without its places.
    pub fn into_json(self) -> serde_json::Value {
        match self.kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Bool(value) => value.into(),
            Kind::Number(number) => serde_json::Value::Number(number),
            Kind::String(text) => text.into(),
            Kind::List(values) => values.into_iter().map(Value::into_json).collect(),
            Kind::Object(entries) => object_into_json(entries).into(),
        }
    }
}

/// The entries of an object without their places, in the same order.
pub fn object_into_json(entries: Vec<Entry>) -> serde_json::Map<String, serde_json::Value> {
    entries.into_iter().map(|entry| (entry.key, entry.value.into_json())).collect()
}
