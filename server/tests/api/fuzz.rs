//! The description of the API is kept: what it allows is accepted, what it does not name never comes back.

use axum::http::Method;
use serde_json::{Map, Value, json};

use crate::{
    program::{Program, Reply},
    schema::{Dice, Schemas},
};

/// Calls of an access before the next one is taken: so many are allowed at once.
const CALLS: usize = 100;
/// Requests of each kind for each address.
const ROUNDS: usize = 150;

struct Fuzz {
    program: Program,
    schemas: Schemas,
    dice: Dice,
    calls: usize,
}

impl Fuzz {
    async fn begin() -> Self {
        let program = Program::begin().await;
        program.office.comes("/api/v1/search", "Haus Aue").await;
        let reply = program.call(Method::GET, "/api/v1/openapi.json", &[], "").await;
        assert_eq!(reply.status.as_u16(), 200);
        let offers =
            program.facility.offers.iter().filter(|offer| offer.care_type.as_str() != "pflegestuetzpunkt");
        let ids = offers.map(|offer| offer.id.to_string()).collect();
        let dice = Dice::new(2_026, program.office.clock.instant(), ids);
        Self { schemas: Schemas(reply.json()), program, dice, calls: 0 }
    }

    /// Sends a request, and checks the answer against the description.
    async fn call(&mut self, method: Method, pattern: &str, path: &str, body: &str) -> Reply {
        if self.calls % CALLS == CALLS - 1 {
            (self.program.token_id, self.program.token) =
                self.program.access(&format!("Programm {}", self.calls), None).await;
        }
        let reply = if method == Method::GET {
            self.program.call(method.clone(), path, &[], "").await
        } else {
            self.calls += 1;
            self.program.send(path, &[], body).await
        };
        let asked = format!("{method} {path} {}", body.chars().take(2_000).collect::<String>());
        let operation = &self.schemas.0["paths"][pattern][method.as_str().to_lowercase()];
        let documented = &operation["responses"][reply.status.as_str()];
        assert!(documented.is_object(), "{} is not documented: {asked} {}", reply.status, reply.text);
        assert!(!reply.status.is_server_error(), "{asked} {}", reply.text);
        let content = self.schemas.resolve(documented)["content"].as_object().expect("content");
        let kind = reply.header("content-type");
        let schema =
            &content.get(kind).unwrap_or_else(|| panic!("{kind} is not documented: {asked}"))["schema"];
        self.schemas.check(schema, &reply.json()).unwrap_or_else(|wrong| panic!("{asked}: {wrong}"));
        reply
    }

    fn body(&self, pattern: &str) -> Value {
        self.schemas.0["paths"][pattern]["put"]["requestBody"]["content"]["application/json"]["schema"]
            .clone()
    }

    /// Makes sense of what the schema allows: rules between fields, which the descriptions name.
    fn make_sense(&mut self, item: &mut Map<String, Value>, offer: &str) {
        let found = self.program.facility.offers.iter().find(|own| own.id.to_string() == offer);
        let care_type = found.expect("an offer").care_type.as_str().to_owned();
        let counts = care_type != "ambulanter-pflegedienst";
        item.remove("observed_at");
        if item.get("unchanged") == Some(&json!(true)) {
            return;
        }
        let foreign: &[&str] = match &*care_type {
            "vollstationaere-pflege" => &["intake", "periods", "weekdays"],
            "kurzzeitpflege" => &["intake", "weekdays"],
            "tagespflege" => &["intake", "periods"],
            _ => &["total", "free_now", "periods", "weekdays"],
        };
        for name in foreign {
            item.remove(*name);
        }
        let most = item.get("total").and_then(Value::as_u64).unwrap_or(40);
        let fitting = |value: &Value| value.as_u64().map_or(Value::Null, |count| json!(count.min(most)));
        if let Some(free) = item.get_mut("free_now") {
            *free = fitting(free);
        }
        for period in item.get_mut("periods").and_then(Value::as_array_mut).into_iter().flatten() {
            period["places"] = fitting(&period["places"]);
            if period["until"].as_str() < period["from"].as_str() {
                period["until"] = period["from"].clone();
            }
        }
        for day in item.get_mut("weekdays").and_then(Value::as_array_mut).into_iter().flatten() {
            *day = fitting(day);
        }
        if item.get("intake_stop") != Some(&json!(true)) {
            item.remove("intake_stop_until");
        } else if item.get("intake") == Some(&json!("accepting")) {
            item.remove("intake");
        }
        if item.get("waiting_list") != Some(&json!("open")) {
            item.remove("waiting_weeks");
        }
        if let Some(Value::Object(weeks)) = item.get_mut("waiting_weeks")
            && weeks["min"].as_u64() > weeks["max"].as_u64()
        {
            weeks["min"] = weeks["max"].clone();
        }
        let (name, value) = if counts { ("free_now", json!(0)) } else { ("intake", json!("stopped")) };
        if item.get(name).is_none_or(Value::is_null) {
            item.insert(name.to_owned(), value);
        }
    }

    /// Something else in one place of a value.
    fn damage(&mut self, value: &mut Value) {
        let below = match value {
            Value::Object(object) if !object.is_empty() => {
                let names: Vec<_> = object.keys().cloned().collect();
                let name = self.dice.pick(&names).clone();
                match self.dice.below(8) {
                    0 => {
                        object.remove(&name);
                        return;
                    }
                    1 => {
                        let moved = object.remove(&name).unwrap_or_default();
                        object.insert(format!("{name}~/ \u{202e}"), moved);
                        return;
                    }
                    _ => object.get_mut(&name),
                }
            }
            Value::Array(list) if !list.is_empty() => {
                let at = self.dice.below(list.len());
                if self.dice.one_in(6) {
                    let again = list[at].clone();
                    list.push(again);
                    return;
                }
                list.get_mut(at)
            }
            _ => None,
        };
        match below {
            Some(below) if !self.dice.one_in(4) => self.damage(below),
            Some(below) => *below = self.anything(),
            None => *value = self.anything(),
        }
    }

    fn anything(&mut self) -> Value {
        let all = [
            json!(null),
            json!(true),
            json!(-1),
            json!(0),
            json!(1.5),
            json!(1e300),
            json!(u64::MAX),
            json!(i64::MIN),
            json!(""),
            json!("9999-12-31"),
            json!("0000-01-01"),
            json!("9999-12-31T23:59:60Z"),
            json!("-9999-01-01T00:00:00+23:59"),
            json!("\u{0}\u{7f}\u{feff}"),
            json!("💥".repeat(2_000)),
            json!([]),
            json!({}),
            json!([[[[[]]]]]),
            json!({"": {"a": [null]}}),
            json!("00000000-0000-0000-0000-000000000000"),
        ];
        self.dice.pick(&all).clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_description_allows_is_accepted() {
    const ONE: &str = "/api/v1/offers/{id}/capacity";
    const MANY: &str = "/api/v1/capacity";
    let mut fuzz = Fuzz::begin().await;
    // What is confirmed has to be there.
    for id in fuzz.dice.ids.clone() {
        let mut said = Map::new();
        fuzz.make_sense(&mut said, &id);
        let path = ONE.replace("{id}", &id);
        assert_eq!(fuzz.call(Method::PUT, ONE, &path, &json!(said).to_string()).await.status.as_u16(), 200);
    }
    for _ in 0..ROUNDS {
        let schema = fuzz.body(ONE);
        let ids = fuzz.dice.ids.clone();
        let id = fuzz.dice.pick(&ids).clone();
        let mut body = fuzz.schemas.generate(&schema, &mut fuzz.dice);
        fuzz.make_sense(body.as_object_mut().expect("an object"), &id);
        fuzz.schemas.check(&schema, &body).unwrap_or_else(|wrong| panic!("{wrong}"));
        let reply = fuzz.call(Method::PUT, ONE, &ONE.replace("{id}", &id), &body.to_string()).await;
        assert_eq!(reply.status.as_u16(), 200, "{body} {}", reply.text);

        let schema = fuzz.body(MANY);
        let mut body = fuzz.schemas.generate(&schema, &mut fuzz.dice);
        let items = body["items"].as_array_mut().expect("items");
        items.truncate(ids.len());
        for (at, item) in items.iter_mut().enumerate() {
            let item = item.as_object_mut().expect("an object");
            item.remove("external_id");
            item.insert("offer".to_owned(), json!(ids[at]));
            fuzz.make_sense(item, &ids[at]);
        }
        fuzz.schemas.check(&schema, &body).unwrap_or_else(|wrong| panic!("{wrong}"));
        let reply = fuzz.call(Method::PUT, MANY, MANY, &body.to_string()).await;
        assert_eq!(reply.status.as_u16(), 200, "{body} {}", reply.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_description_does_not_allow_is_refused_in_its_words() {
    let mut fuzz = Fuzz::begin().await;
    let mut refused = 0;
    for pattern in ["/api/v1/offers/{id}/capacity", "/api/v1/capacity"] {
        let schema = fuzz.body(pattern);
        for _ in 0..ROUNDS * 2 {
            let mut body = fuzz.schemas.generate(&schema, &mut fuzz.dice);
            for _ in 0..=fuzz.dice.below(3) {
                fuzz.damage(&mut body);
            }
            let ids = fuzz.dice.ids.clone();
            let id = fuzz.dice.pick(&ids).clone();
            let path = pattern.replace("{id}", &id);
            let mut text = body.to_string();
            if fuzz.dice.one_in(10) {
                let half = text.chars().take(fuzz.dice.below(text.len())).collect();
                text = half;
            }
            let fits =
                fuzz.schemas.check(&schema, &body).is_ok() && serde_json::from_str::<Value>(&text).is_ok();
            let reply = fuzz.call(Method::PUT, pattern, &path, &text).await;
            assert!(fits || reply.status.as_u16() >= 400, "it does not fit, and was taken: {text}");
            refused += usize::from(!fits);
        }
    }
    assert!(refused > ROUNDS, "only {refused} of them did not fit");
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_and_suggestions_are_what_the_description_says() {
    let mut fuzz = Fuzz::begin().await;
    for pattern in ["/api/v1/search", "/api/v1/suggest"] {
        let parameters =
            fuzz.schemas.0["paths"][pattern]["get"]["parameters"].as_array().expect("a list").clone();
        for round in 0..ROUNDS {
            let mut pairs = Vec::new();
            for parameter in &parameters {
                if !fuzz.dice.one_in(4) {
                    continue;
                }
                let name = parameter["name"].as_str().expect("a name");
                let value = if round % 3 == 2 {
                    fuzz.anything()
                } else {
                    fuzz.schemas.generate(&parameter["schema"], &mut fuzz.dice)
                };
                let values = if let Value::Array(list) = value { list } else { vec![value] };
                for value in values {
                    let text = value.as_str().map_or(value.to_string(), str::to_owned);
                    let escaped: Vec<_> = text.bytes().take(1_000).map(|b| format!("%{b:02X}")).collect();
                    pairs.push(format!("{name}={}", escaped.concat()));
                }
            }
            let path = format!("{pattern}?{}", pairs.join("&"));
            let reply = fuzz.call(Method::GET, pattern, &path, "").await;
            assert_eq!(reply.status.as_u16(), 200, "{path}");
        }
    }
    let first = fuzz.program.call(Method::GET, "/api/v1/openapi.json", &[], "").await;
    let again = [("if-none-match", first.header("etag"))];
    assert_eq!(fuzz.program.call(Method::GET, "/api/v1/openapi.json", &again, "").await.status.as_u16(), 304);
}
