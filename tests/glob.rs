//! docfx's own cases for its glob rules, read from the folder that `RECTO_CONFORMANCE` names.

#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use recto::config::glob::{Glob, Options, expand, negation};
use serde_json::Value;

#[test]
fn docfx_glob_cases_hold() {
    let Ok(folder) = std::env::var("RECTO_CONFORMANCE") else {
        eprintln!("skipped: RECTO_CONFORMANCE does not name the folder of docfx's cases");
        return;
    };
    let path = std::path::Path::new(&folder).join("glob.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("reading {}: {error}", path.display()));
    let cases: Vec<Value> = serde_json::from_str(&text).expect("glob.json is a list");
    let failed: Vec<&Value> = cases.iter().filter(|case| !holds(case)).map(|case| &case["id"]).collect();
    assert!(failed.is_empty(), "{} of {} cases fail: {failed:#?}", failed.len(), cases.len());
    eprintln!("{} cases hold", cases.len());
}

fn holds(case: &Value) -> bool {
    let pattern = case["pattern"].as_str().expect("a pattern");
    match case["kind"].as_str().expect("a kind") {
        "glob-negate" => {
            let (is_negated, rest) = negation(pattern);
            case["expected_negate"] == is_negated && case["expected"] == rest
        }
        "glob-expand" => Value::from(expand(pattern).expect("few alternatives")) == case["expected"],
        "glob" => {
            let options = Options { dot: case["dot_match"] == true, ..Options::default() };
            let glob = Glob::with_options(pattern, options).expect("a pattern");
            let paths = case["paths"].as_array().expect("paths");
            paths.iter().filter_map(Value::as_str).all(|path| {
                let is_folder = case["partial"] == true && path.ends_with('/');
                let matches = if is_folder { glob.may_match_below(path) } else { glob.matches(path) };
                case["expected_match"] == matches
            })
        }
        kind => panic!("unknown kind {kind}"),
    }
}
