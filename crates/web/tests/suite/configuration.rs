//! What is written about the configuration is what the binary reads.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use agent::llm::provider::Provider;
use clap::{Args, FromArgMatches};
use web::config::{Config, LlmConfig};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every variable with its default; empty where it has none.
fn variables() -> BTreeMap<String, String> {
    let command = Config::augment_args(clap::Command::new("travel-agent"));
    let documented = command.get_arguments().filter(|arg| !arg.is_hide_set());
    let variable = |arg: &clap::Arg| {
        let defaults = arg.get_default_values().iter();
        let defaults: Vec<_> = defaults.map(|value| value.to_string_lossy()).collect();
        let name = arg.get_env().expect("every option has a variable");
        (name.to_string_lossy().into_owned(), defaults.join(","))
    };
    documented.map(variable).collect()
}

#[test]
fn the_example_has_every_variable_and_its_default() {
    let text = fs::read_to_string(root().join(".env.example")).unwrap();
    let lines = text.lines().filter_map(|line| line.strip_prefix('#'));
    // A comment has a space after its mark, a variable has none.
    let settings = lines.filter(|line| !line.starts_with(' '));
    let written: BTreeMap<_, _> = settings
        .map(|line| line.split_once('=').expect("a variable and its default"))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    assert_eq!(written, variables());
}

#[test]
fn documents_name_variables_that_exist() {
    let docs = root().join("docs");
    let listed = [docs.clone(), docs.join("adr")].map(|folder| fs::read_dir(folder).unwrap());
    let listed = listed
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path());
    let markdown = listed.filter(|path| path.extension().is_some_and(|kind| kind == "md"));
    let top = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root().join(name));
    let mut known: BTreeSet<_> = variables().into_keys().collect();
    // Debug builds only, and so in no list of variables.
    known.insert("TEST_FAULTS".to_owned());
    known.extend(web::config::otlp::of_signals());
    for document in markdown.chain(top) {
        let text = fs::read_to_string(&document).unwrap();
        for name in text
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|code| is_variable(code))
        {
            assert!(known.contains(name), "{}: {name}", document.display());
        }
    }
}

/// Words of capitals joined by underscores.
fn is_variable(code: &str) -> bool {
    let capital = |byte: u8| byte.is_ascii_uppercase() || byte == b'_';
    code.contains('_') && !code.starts_with('_') && code.bytes().all(capital)
}

#[test]
fn the_check_prints_what_is_in_effect_without_secrets() {
    let output = Command::new(env!("CARGO_BIN_EXE_travel-agent"))
        .arg("--check-config")
        .current_dir(std::env::temp_dir())
        .env_clear()
        .env("ADMIN_KEY", "a-secret")
        .env("OTEL_EXPORTER_OTLP_HEADERS", "authorization=a-secret")
        .env("SERVICE_NAME", "another-name")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    assert!(!text.contains("a-secret"), "{text}");
    assert!(text.contains("OTEL_SERVICE_NAME=another-name\n"), "{text}");
    let printed: BTreeSet<_> = text
        .lines()
        .filter_map(|line| Some(line.split_once('=')?.0))
        .collect();
    let variables = variables();
    // Of two names for one setting, the one that wins is printed.
    let merged = ["OTLP_ENDPOINT", "SERVICE_NAME"];
    let expected: BTreeSet<_> = variables
        .keys()
        .map(String::as_str)
        .filter(|name| !merged.contains(name))
        .collect();
    assert_eq!(printed, expected);
}

/// Whether the check accepts these variables, what it prints and what it complains of.
fn check(variables: &[(&str, &str)]) -> (bool, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_travel-agent"))
        .arg("--check-config")
        .current_dir(std::env::temp_dir())
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.success(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn the_check_refuses_what_the_server_refuses_and_prints_it_all_the_same() {
    for (variables, complaint) in [
        (&[("LLM_PROVIDER", "openai")][..], "needs OPENAI_API_KEY"),
        (&[("ANTHROPIC_API_KEY", "a\nb")], "no header can"),
        (&[("OPENAI_API_KEY", "a\nb")], "no header can"),
        (
            &[
                ("LLM_PROVIDER", "ollama"),
                ("LLM_FALLBACK", "openai-compatible:x"),
            ],
            "LLM_BASE_URL belongs to the first provider (ollama): make openai-compatible the first",
        ),
        (
            &[
                ("LLM_BASE_URL", "http://localhost:1/v1"),
                ("LLM_MODEL", "unheard-of"),
                ("BUDGET_USD_PER_DAY", "1"),
            ],
            "no price is known",
        ),
    ] {
        let (accepted, printed, complained) = check(variables);
        assert!(!accepted && complained.contains(complaint), "{complained}");
        assert!(printed.contains("LLM_PROVIDER="), "{printed}");
    }
    let offered = [
        ("LLM_BASE_URL", "http://localhost:1/v1"),
        ("LLM_MODEL", "x"),
        ("LLM_FALLBACK", "ollama:y"),
    ];
    assert!(check(&offered).0, "what the complaint proposes works");
}

#[test]
fn an_address_holds_no_password_and_the_complaint_does_not_quote_it() {
    for name in ["LLM_BASE_URL", "OPENAI_BASE_URL", "ANTHROPIC_BASE_URL"] {
        let (accepted, printed, complained) = check(&[(name, "https://anna:hunter2@host/v1")]);
        assert!(
            !accepted && complained.contains("no user or password"),
            "{complained}"
        );
        assert!(
            !format!("{printed}{complained}").contains("hunter2"),
            "{complained}"
        );
    }
}

#[test]
fn the_opt_in_of_conventions_is_a_list_of_which_ours_are_read() {
    const NAME: &str = "OTEL_SEMCONV_STABILITY_OPT_IN";
    let in_effect = |value| {
        let (accepted, printed, complained) = check(&[(NAME, value)]);
        assert!(accepted, "{complained}");
        let mut lines = printed.lines();
        let effective = lines.find_map(|line| line.strip_prefix(NAME)?.strip_prefix('='));
        effective.unwrap().to_owned()
    };
    assert_eq!(in_effect(""), "gen_ai_dup");
    assert_eq!(in_effect("http/dup"), "gen_ai_dup");
    assert_eq!(in_effect("http/dup,gen_ai_v1_41"), "gen_ai_v1_41");
    let (accepted, _, complained) = check(&[(NAME, "http,gen_ai_v9")]);
    assert!(!accepted);
    for told in [
        NAME,
        "gen_ai_v9",
        "gen_ai_v1_41",
        "gen_ai_latest_experimental",
        "gen_ai_dup",
    ] {
        assert!(complained.contains(told), "{complained}");
    }
}

fn llm(flags: &[&str]) -> LlmConfig {
    let command = LlmConfig::augment_args(clap::Command::new("travel-agent"));
    let line = std::iter::once("travel-agent").chain(flags.iter().copied());
    LlmConfig::from_arg_matches(&command.get_matches_from(line)).unwrap()
}

#[test]
fn a_provider_is_reached_at_the_address_that_was_given_for_it() {
    let own = [
        "--llm-provider=openai",
        "--openai-base-url=http://gateway/openai/",
        "--anthropic-base-url=http://gateway/anthropic",
    ];
    let address = |flags: &[&str], provider| llm(flags).base_url(provider).map(str::to_owned);
    let some = |address: &str| Some(address.to_owned());
    assert_eq!(
        address(&own, Provider::OpenAi),
        some("http://gateway/openai")
    );
    assert_eq!(
        address(&own, Provider::Anthropic),
        some("http://gateway/anthropic")
    );
    // LLM_BASE_URL is the preferred provider's, and that of no other.
    let preferred = [&own[..], &["--llm-base-url=http://here"]].concat();
    assert_eq!(address(&preferred, Provider::OpenAi), some("http://here"));
    assert_eq!(
        address(&preferred, Provider::Anthropic),
        some("http://gateway/anthropic")
    );
    let known = Provider::Mistral.default_base_url().map(str::to_owned);
    assert_eq!(address(&preferred, Provider::Mistral), known);
    assert_eq!(address(&own, Provider::OpenAiCompatible), None);
}
