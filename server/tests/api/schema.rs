//! As much of JSON Schema (2020-12) as the description of the API uses: what fits a schema, and what could. A keyword
//! that is not known here is no keyword that may be used there.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use time::{
    Date, Duration, OffsetDateTime,
    format_description::well_known::{Iso8601, Rfc3339},
};

/// Keywords that say what fits, and those that say something to people.
const KNOWN: [&str; 20] = [
    "$ref",
    "type",
    "enum",
    "const",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "items",
    "format",
    "required",
    "properties",
    "additionalProperties",
    "unevaluatedProperties",
    "oneOf",
    "allOf",
    "description",
    "title",
];

/// Numbers that look like chance, the same every time.
pub struct Dice {
    state: u64,
    pub now: OffsetDateTime,
    /// Ids that exist.
    pub ids: Vec<String>,
}

impl Dice {
    pub fn new(seed: u64, now: OffsetDateTime, ids: Vec<String>) -> Self {
        Self { state: seed.wrapping_mul(2).wrapping_add(1), now, ids }
    }

    /// Below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        // Knuth's MMIX; the upper half is good enough.
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.state >> 33).expect("32 bits") % end.max(1)
    }

    pub fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    fn id(&mut self) -> String {
        let known = self.ids.clone();
        self.pick(&known).clone()
    }
}

/// A description with all its schemas.
pub struct Schemas(pub Value);

impl Schemas {
    /// What a reference leads to; anything else is itself.
    pub fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(address) => {
                let pointer = address.strip_prefix('#').expect("a reference to this file");
                self.resolve(self.0.pointer(pointer).unwrap_or_else(|| panic!("{address} is nowhere")))
            }
            None => schema,
        }
    }

    /// Whether a value fits; what is wrong with it else.
    pub fn check(&self, schema: &Value, value: &Value) -> Result<(), String> {
        self.evaluate(schema, value).map(drop)
    }

    /// The names of an object that the schema knows.
    fn evaluate(&self, schema: &Value, value: &Value) -> Result<BTreeSet<String>, String> {
        let schema = self.resolve(schema);
        let keywords = schema.as_object().expect("a schema");
        if let Some(unknown) = keywords.keys().find(|key| !KNOWN.contains(&key.as_str())) {
            panic!("the keyword {unknown} is not known here");
        }
        let complain = |what: &str| Err(format!("{what}: {value} against {schema}"));
        if !types(schema).is_empty() && !types(schema).iter().any(|name| is_of(name, value)) {
            return complain("type");
        }
        if schema.get("enum").is_some_and(|list| !list.as_array().expect("a list").contains(value))
            || schema.get("const").is_some_and(|only| only != value)
        {
            return complain("value");
        }
        if let Some(text) = value.as_str() {
            let length = size(text.chars().count());
            if !within(schema, length, "minLength", "maxLength") || !has_format(schema, text) {
                return complain("text");
            }
        }
        if value.as_f64().is_some_and(|number| !within(schema, number, "minimum", "maximum")) {
            return complain("number");
        }
        if let Some(list) = value.as_array() {
            if !within(schema, size(list.len()), "minItems", "maxItems") {
                return complain("length");
            }
            for item in list {
                self.check(schema.get("items").unwrap_or(&json!({})), item)?;
            }
        }
        self.evaluate_object(schema, value)
    }

    fn evaluate_object(&self, schema: &Value, value: &Value) -> Result<BTreeSet<String>, String> {
        let mut known = BTreeSet::new();
        let Some(object) = value.as_object() else { return Ok(known) };
        for name in names(schema) {
            if !object.contains_key(&name) {
                return Err(format!("{name} is missing in {value}"));
            }
        }
        for (name, below) in properties(schema) {
            if let Some(value) = object.get(&name) {
                self.check(&below, value)?;
                known.insert(name);
            }
        }
        for each in list(schema, "allOf") {
            known.extend(self.evaluate(each, value)?);
        }
        let branches = list(schema, "oneOf");
        if !branches.is_empty() {
            let mut fitting = branches.iter().filter_map(|branch| self.evaluate(branch, value).ok());
            let first = fitting.next().ok_or_else(|| format!("no branch fits {value}"))?;
            if fitting.next().is_some() {
                return Err(format!("several branches fit {value}"));
            }
            known.extend(first);
        }
        let is_closed = |key| schema.get(key) == Some(&Value::Bool(false));
        if (is_closed("additionalProperties") || is_closed("unevaluatedProperties"))
            && let Some(name) = object.keys().find(|name| !known.contains(*name))
        {
            return Err(format!("{name} is too much in {value}"));
        }
        Ok(known)
    }

    /// A value that fits.
    pub fn generate(&self, schema: &Value, dice: &mut Dice) -> Value {
        let schema = self.resolve(schema);
        if let Some(only) = schema.get("const") {
            return only.clone();
        }
        if let Some(list) = schema.get("enum") {
            return dice.pick(list.as_array().expect("a list")).clone();
        }
        let types = types(schema);
        match *dice.pick(&types) {
            "object" => {
                let mut object = Map::new();
                self.fill(schema, &properties(schema), &mut object, dice);
                Value::Object(object)
            }
            "array" => {
                let (least, most) = (bound(schema, "minItems", 0), bound(schema, "maxItems", 5).min(5));
                let count = least + dice.below(most.max(least) - least + 1);
                (0..count).map(|_| self.generate(&schema["items"], dice)).collect()
            }
            "integer" => {
                let (least, most) = (bound(schema, "minimum", 0), bound(schema, "maximum", 100));
                // Small numbers are what people report; the edges are where programs fail.
                let small = least + dice.below((most - least).min(50) + 1);
                json!(*dice.pick(&[small, small, least, most]))
            }
            "boolean" => json!(dice.one_in(2)),
            "string" => json!(text(schema, dice)),
            "null" => Value::Null,
            other => panic!("no {other} is asked for"),
        }
    }

    fn fill(
        &self,
        schema: &Value,
        known: &[(String, Value)],
        object: &mut Map<String, Value>,
        dice: &mut Dice,
    ) {
        let schema = self.resolve(schema);
        let needed = names(schema);
        let of_known = known.iter().filter(|(name, _)| needed.contains(name)).cloned();
        for (name, below) in properties(schema).into_iter().chain(of_known) {
            if needed.contains(&name) || dice.one_in(3) {
                let value = self.generate(&below, dice);
                object.insert(name, value);
            }
        }
        for each in list(schema, "allOf") {
            self.fill(each, known, object, dice);
        }
        let branches = list(schema, "oneOf");
        if !branches.is_empty() {
            let chosen = *dice.pick(&branches);
            // What another branch wants would make it fit, too.
            for name in branches.iter().flat_map(|branch| names(self.resolve(branch))) {
                object.remove(&name);
            }
            self.fill(chosen, known, object, dice);
        }
    }
}

fn types(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        other => panic!("the type {other} is not known here"),
    }
}

fn size(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

fn within(schema: &Value, number: f64, least: &str, most: &str) -> bool {
    let bound = |key| schema.get(key).and_then(Value::as_f64);
    bound(least).is_none_or(|least| number >= least) && bound(most).is_none_or(|most| number <= most)
}

fn has_format(schema: &Value, text: &str) -> bool {
    match schema.get("format").and_then(Value::as_str) {
        None => true,
        Some("uuid") => text.parse::<uuid::Uuid>().is_ok(),
        Some("date") => text.len() == 10 && Date::parse(text, &Iso8601::DATE).is_ok(),
        Some("date-time") => OffsetDateTime::parse(text, &Rfc3339).is_ok(),
        Some(other) => panic!("the format {other} is not known here"),
    }
}

fn names(schema: &Value) -> Vec<String> {
    list(schema, "required").into_iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn properties(schema: &Value) -> Vec<(String, Value)> {
    let object = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    object.into_iter().collect()
}

fn list<'a>(schema: &'a Value, key: &str) -> Vec<&'a Value> {
    schema.get(key).and_then(Value::as_array).map(|list| list.iter().collect()).unwrap_or_default()
}

fn bound(schema: &Value, key: &str, default: usize) -> usize {
    schema.get(key).and_then(Value::as_u64).map_or(default, |bound| usize::try_from(bound).expect("a bound"))
}

fn text(schema: &Value, dice: &mut Dice) -> String {
    let later = Duration::days(i64::try_from(dice.below(600)).expect("days"));
    match schema.get("format").and_then(Value::as_str) {
        Some("uuid") => dice.id(),
        Some("date") => (dice.now + later).date().to_string(),
        Some("date-time") => dice.now.format(&Rfc3339).expect("a text"),
        _ => {
            let letters = ['a', 'Ö', ' ', '"', '\\', '<', '👵', 'ẞ', '1'];
            let (least, most) = (bound(schema, "minLength", 0), bound(schema, "maxLength", 30));
            let length = *dice.pick(&[least, (least + 8).min(most), most]);
            (0..length).map(|_| *dice.pick(&letters)).collect()
        }
    }
}

#[test]
fn what_does_not_fit_is_told_from_what_does() {
    let schemas =
        Schemas(json!({"a": {"type": "object", "properties": {"x": {"const": true}}, "required": ["x"]}}));
    let closed = json!({"oneOf": [{"$ref": "#/a"}, {"properties": {"y": {"type": "integer", "maximum": 3}, "x": {"const": false}}}], "unevaluatedProperties": false});
    let fits = |value: Value| schemas.check(&closed, &value).is_ok();
    assert!(fits(json!({"x": true})) && fits(json!({"y": 3})) && fits(json!({})));
    assert!(!fits(json!({"x": true, "y": 3})) && !fits(json!({"y": 4})) && !fits(json!({"z": 1})));
}
