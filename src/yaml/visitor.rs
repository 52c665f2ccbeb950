//! Builds [`Value`]s from what `serde_yaml` reads, with places and limits.

use std::cell::{Cell, RefCell};
use std::fmt;

use rustc_hash::FxHashMap;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::places::{Items, Range, Text};
use super::{Limits, Source};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::value::{Entry, Kind, Value};

/// Reads one document.
pub(super) struct Reader<'a> {
    source: Source<'a>,
    depth: usize,
    /// What may still be made: bytes of text and one for each value. Only aliases can make more than there is text.
    budget: Cell<usize>,
    exceeded: Cell<Option<&'static str>>,
    diagnostics: RefCell<Diagnostics>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: Source<'a>, limits: Limits) -> Reader<'a> {
        Reader {
            source,
            depth: limits.depth,
            budget: Cell::new(4 * source.text.len().max(1024)),
            exceeded: Cell::new(None),
            diagnostics: RefCell::default(),
        }
    }

    pub(super) fn read(&self) -> Result<Value, serde_yaml::Error> {
        let (start, whole) = (self.text().start(), (0, super::first_line(self.source.text)));
        Node { reader: self, depth: 0, start: Some(start), fallback: whole }
            .deserialize(serde_yaml::Deserializer::from_str(self.source.text))
    }

    /// The limit that was broken, if that is why reading failed.
    pub(super) fn exceeded(&self) -> Option<&'static str> {
        self.exceeded.get()
    }

    pub(super) fn into_diagnostics(self) -> Diagnostics {
        self.diagnostics.into_inner()
    }

    fn exceed<E: Error>(&self, reason: &'static str) -> E {
        self.exceeded.set(Some(reason));
        E::custom(reason)
    }

    fn spend<E: Error>(&self, cost: usize) -> Result<(), E> {
        let left = self.budget.get().checked_sub(cost);
        self.budget.set(left.ok_or_else(|| self.exceed("the aliases of this YAML unfold to too much"))?);
        Ok(())
    }

    /// Where a piece of the source's own text stands: serde lends out slices of its input.
    fn range_of(&self, part: &'a str) -> Option<Range> {
        let text = self.source.text;
        let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        (start + part.len() <= text.len()).then_some((start, start + part.len()))
    }

    fn text(&self) -> Text<'a> {
        Text(self.source.text)
    }

    /// The byte behind a value that was looked for at `start`; `before` where it has no place of its own.
    fn behind(&self, value: &Value, start: usize, before: usize) -> usize {
        let bytes = value.span.bytes();
        match bytes.start >= self.source.offset + start {
            true => bytes.end - self.source.offset,
            false => self.text().alias(start).map_or(before, |alias| alias.1),
        }
    }

    fn span(&self, range: Range) -> Span {
        self.source.span(range.0, range.1)
    }
}

/// Reads one value.
#[derive(Clone, Copy)]
struct Node<'r, 'a> {
    reader: &'r Reader<'a>,
    /// How many lists and mappings it lies in.
    depth: usize,
    /// The byte at which it begins, if that is known. An empty value begins nowhere.
    start: Option<usize>,
    /// Its place if nothing better is known.
    fallback: Range,
}

impl Node<'_, '_> {
    fn scalar<E: Error>(self, kind: Kind, lent: Option<Range>) -> Result<Value, E> {
        self.reader.spend(1)?;
        let text = self.reader.text();
        let found = || {
            let start = self.start?;
            let end = match &kind {
                Kind::String(shown) => text.text_end(start, shown)?,
                _ => text.word_end(start),
            };
            let is_null = || matches!(&text.0[start..end], "~" | "null" | "Null" | "NULL");
            (kind != Kind::Null || is_null()).then_some((start, end))
        };
        let range = lent.map(|lent| text.with_quotes(lent, self.start)).or_else(found).unwrap_or(self.fallback);
        Ok(Value { kind, span: self.reader.span(range) })
    }

    /// A value in it, which begins at `start`.
    fn child(self, depth: usize, start: Option<usize>, fallback: Range) -> Self {
        match start.and_then(|start| self.reader.text().alias(start)) {
            Some(alias) => Node { depth, start: None, fallback: alias, ..self },
            None => Node { depth, start, fallback, ..self },
        }
    }

    fn enter<E: Error>(self) -> Result<usize, E> {
        if self.depth >= self.reader.depth {
            return Err(self.reader.exceed(super::TOO_DEEP));
        }
        Ok(self.depth + 1)
    }

    /// A list or a mapping that ends at `end`, if that is known. Its brackets are a part of it.
    fn container(self, kind: Kind, first: Option<Span>, end: Option<usize>) -> Value {
        let text = self.reader.text();
        let bracket = self.start.and_then(|start| match text.0.as_bytes().get(start) {
            Some(b'[') => Some((start, b']')),
            Some(b'{') => Some((start, b'}')),
            _ => None,
        });
        let is_list = matches!(kind, Kind::List(_));
        let start = match first {
            Some(first) if !is_list => Some(first.start as usize - self.reader.source.offset),
            _ => self.start,
        };
        let range = match (bracket, start.zip(end)) {
            (Some((start, close)), _) => (start, text.behind_bracket(end.unwrap_or(start + 1), close)),
            (None, Some((start, end))) if start < end => (start, end),
            _ => self.fallback,
        };
        Value { kind, span: self.reader.span(range) }
    }
}

impl<'a> DeserializeSeed<'a> for Node<'_, 'a> {
    type Value = Value;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Node<'_, 'a> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.scalar(Kind::Null, None)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.scalar(Kind::Bool(value), None)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.scalar(Kind::Number(value.into()), None)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.scalar(Kind::Number(value.into()), None)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_string(value.to_string())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_string(value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        match serde_json::Number::from_f64(value) {
            Some(number) => self.scalar(Kind::Number(number), None),
            None if value.is_nan() => self.visit_str(".nan"),
            None => self.visit_str(if value > 0.0 { ".inf" } else { "-.inf" }),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        self.reader.spend(text.len())?;
        self.scalar(Kind::String(text), None)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'a str) -> Result<Value, E> {
        self.reader.spend(text.len())?;
        self.scalar(Kind::String(text.to_owned()), self.reader.range_of(text))
    }

    fn visit_enum<A: EnumAccess<'a>>(self, tagged: A) -> Result<Value, A::Error> {
        let (serde::de::IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant_seed(self)
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut items: A) -> Result<Value, A::Error> {
        let depth = self.enter()?;
        self.reader.spend(1)?;
        let mut values: Vec<Value> = Vec::new();
        let mut places = self.start.and_then(|start| self.reader.text().items(start));
        let mut end = None;
        loop {
            let start = places.as_mut().map(|places| places.next());
            let fallback = places.as_ref().and_then(Items::dash).unwrap_or(self.fallback);
            let Some(value) = items.next_element_seed(self.child(depth, start, fallback))? else { break };
            if let Some((places, start)) = places.as_mut().zip(start) {
                places.at = self.reader.behind(&value, start, places.at);
                end = Some(places.at);
            }
            values.push(value);
        }
        let first = values.first().map(|value| value.span);
        Ok(self.container(Kind::List(values), first, end))
    }

    fn visit_map<A: MapAccess<'a>>(self, mut items: A) -> Result<Value, A::Error> {
        let depth = self.enter()?;
        self.reader.spend(1)?;
        let mut object = Object::default();
        let text = self.reader.text();
        let mut from = self.start.map(|start| start + usize::from(text.0[start..].starts_with('{')));
        let mut end = None;
        while let Some((key, lent)) = items.next_key_seed(Key(self))? {
            self.reader.spend(key.len())?;
            let around = |lent: Range| text.with_quotes(lent, from.map(|from| text.key_start(from)));
            let range = lent.map(around).or_else(|| text.key(from.as_mut()?));
            let start = range.map(|range| text.value_of_key(range.1));
            let value = items.next_value_seed(self.child(depth, start, range.unwrap_or(self.fallback)))?;
            if let Some((start, range)) = start.zip(range) {
                end = Some(self.reader.behind(&value, start, range.1));
                from = end;
            }
            let key_span = self.reader.span(range.unwrap_or(self.fallback));
            self.reader.diagnostics.borrow_mut().extend(object.insert(Entry { key, key_span, value }));
        }
        let first = object.entries.first().map(|entry| entry.key_span);
        Ok(self.container(Kind::Object(object.entries), first, end))
    }
}

/// Reads a key as the text that is written.
struct Key<'r, 'a>(Node<'r, 'a>);

impl<'a> DeserializeSeed<'a> for Key<'_, 'a> {
    type Value = (String, Option<Range>);

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a> Visitor<'a> for Key<'_, 'a> {
    type Value = (String, Option<Range>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok((text.to_owned(), None))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'a str) -> Result<Self::Value, E> {
        Ok((text.to_owned(), self.0.reader.range_of(text)))
    }
}

/// The entries of a mapping; an index is kept only for large ones.
#[derive(Default)]
pub(super) struct Object {
    pub(super) entries: Vec<Entry>,
    index: FxHashMap<String, usize>,
}

impl Object {
    const SMALL: usize = 32;

    pub(super) fn insert(&mut self, entry: Entry) -> Option<Diagnostic> {
        let Some(at) = self.find(&entry.key) else {
            if !self.index.is_empty() {
                self.index.insert(entry.key.clone(), self.entries.len());
            }
            self.entries.push(entry);
            return None;
        };
        let message = format!("key `{}` is already defined, the last one counts", entry.key);
        let diagnostic = Diagnostic::new(Code::YamlDuplicateKey, entry.key_span, message);
        self.entries[at].value = entry.value;
        Some(diagnostic.help("remove the duplicate key"))
    }

    fn find(&mut self, key: &str) -> Option<usize> {
        if self.entries.len() < Object::SMALL {
            return self.entries.iter().position(|entry| entry.key == key);
        }
        if self.index.is_empty() {
            self.index = self.entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)).collect();
        }
        self.index.get(key).copied()
    }
}
